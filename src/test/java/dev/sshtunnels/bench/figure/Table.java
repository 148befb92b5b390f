package dev.sshtunnels.bench.figure;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Outcomes as people read them. */
public final class Table {

    private static final List<String> HEAD =
            List.of("Figure", "Unit", "Agent", "(min–max)", "ssh", "(min–max)", "Ratio", "Goal", "");
    private static final int FIRST_NUMBER = 2;
    private static final int LAST_NUMBER = 6;

    private final List<List<String>> rows;

    public Table(List<Outcome> outcomes) {
        rows = outcomes.stream().map(Table::row).toList();
    }

    private static List<String> row(Outcome outcome) {
        Figure figure = outcome.figure();
        return List.of(
                figure.title(),
                figure.unit(),
                number(outcome.agent().median()),
                range(outcome.agent()),
                number(outcome.ssh().median()),
                range(outcome.ssh()),
                String.format(Locale.ROOT, "%.2f", outcome.ratio()),
                figure.goal().toString(),
                outcome.verdict());
    }

    private static String range(Spread spread) {
        return number(spread.min()) + "–" + number(spread.max());
    }

    /** Three significant digits, as {@code 0.512}, {@code 10.4}, {@code 12,657}. */
    static String number(double value) {
        int decimals = value == 0 || value >= 100 ? 0 : value >= 10 ? 1 : value >= 1 ? 2 : 3;
        return String.format(Locale.ROOT, "%,." + decimals + "f", value);
    }

    /** Columns side by side, for a terminal. */
    public String text() {
        List<List<String>> all = new ArrayList<>(List.of(HEAD));
        all.addAll(rows);
        int[] widths = IntStream.range(0, HEAD.size())
                .map(column -> all.stream()
                        .mapToInt(row -> row.get(column).length())
                        .max()
                        .orElse(0))
                .toArray();
        return all.stream().map(row -> line(row, widths) + "\n").collect(Collectors.joining());
    }

    private static String line(List<String> row, int[] widths) {
        return IntStream.range(0, row.size())
                .mapToObj(column -> padded(row.get(column), widths[column], isNumber(column)))
                .collect(Collectors.joining("  "))
                .stripTrailing();
    }

    private static String padded(String cell, int width, boolean right) {
        String blanks = " ".repeat(width - cell.length());
        return right ? blanks + cell : cell + blanks;
    }

    private static boolean isNumber(int column) {
        return column >= FIRST_NUMBER && column <= LAST_NUMBER;
    }

    /** A table of Markdown. */
    public String markdown() {
        String rule = IntStream.range(0, HEAD.size())
                .mapToObj(column -> isNumber(column) ? "---:" : "---")
                .collect(Collectors.joining("|", "|", "|\n"));
        return cells(HEAD) + rule + rows.stream().map(Table::cells).collect(Collectors.joining());
    }

    private static String cells(List<String> row) {
        return row.stream().collect(Collectors.joining(" | ", "| ", " |\n"));
    }
}
