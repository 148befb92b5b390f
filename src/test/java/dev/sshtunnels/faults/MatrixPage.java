package dev.sshtunnels.faults;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The page of all rows, as Markdown.
 *
 * @param run where and when the outcomes were measured, a sentence without a full stop
 */
record MatrixPage(String run, List<Outcome> outcomes, Coverage coverage, Elsewhere elsewhere) {

    private static final String HEAD = """
            # What happens when something breaks

            Each row is a fault that the test suite injects for real, and what was seen of it. The suite fails when a bound is not kept. Written by
            `dev/verify --all --write-docs`; [development.md](development.md#tests) says how to run one row.

            - *Shows*: the reason in the status (see [reasons.md](reasons.md)), or what else a user sees.
            - *Detected*: from the fault to the report of the agent. *Recovered*: from the end of the fault to the first byte through the tunnel.
              *Neighbour*: the longest that a client of another tunnel waited for an answer meanwhile. The bound is in brackets.

            """;

    String markdown() {
        return HEAD + run + ".\n\n" + measured() + notRun() + proven() + left();
    }

    private String measured() {
        String rows = outcomes.stream().map(MatrixPage::row).collect(Collectors.joining());
        return """
                ## Injected and measured

                | Row | Fault | Injected | Shows | Detected | Recovered | Neighbour |
                |---|---|---|---|---|---|---|
                """ + rows;
    }

    private static String row(Outcome outcome) {
        return line(
                outcome.row().name(),
                outcome.what(),
                outcome.how(),
                outcome.shows(),
                shown(outcome.detected()),
                shown(outcome.recovered()),
                shown(outcome.gap()));
    }

    private static String shown(Measured measured) {
        return measured == null ? "" : measured.toString();
    }

    /** Empty when the whole suite ran. */
    private String notRun() {
        Set<Row> measured = outcomes.stream().map(Outcome::row).collect(Collectors.toSet());
        String rows = coverage.tests().entrySet().stream()
                .filter(entry -> !measured.contains(entry.getKey()))
                .map(entry -> line(
                        entry.getKey().name(),
                        entry.getKey().fault(),
                        "`" + String.join("`, `", entry.getValue()) + "`"))
                .collect(Collectors.joining());
        return rows.isEmpty() ? "" : """

                ## Not measured in this run

                | Row | Fault | Test |
                |---|---|---|
                """ + rows;
    }

    private String proven() {
        String rows = elsewhere.provenBy().entrySet().stream()
                .map(entry -> line(
                        entry.getKey().name(),
                        entry.getKey().fault(),
                        "[" + entry.getValue().test() + "](../src/test/java/dev/sshtunnels/"
                                + entry.getValue().test() + ".java)",
                        entry.getValue().shows()))
                .collect(Collectors.joining());
        return """

                ## Proven by other suites

                | Row | Fault | Test | Shows |
                |---|---|---|---|
                """ + rows;
    }

    private String left() {
        String rows = elsewhere.leftOut().entrySet().stream()
                .map(entry -> line(entry.getKey().name(), entry.getKey().fault(), entry.getValue()))
                .collect(Collectors.joining());
        return """

                ## Left out

                | Row | Fault | Why |
                |---|---|---|
                """ + rows;
    }

    private static String line(String... cells) {
        return "| "
                + String.join(
                        " | ",
                        List.of(cells).stream()
                                .map(each -> each.replace("|", "\\|"))
                                .toList()) + " |\n";
    }
}
