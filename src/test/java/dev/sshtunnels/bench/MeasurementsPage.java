package dev.sshtunnels.bench;

import dev.sshtunnels.bench.figure.Outcome;
import dev.sshtunnels.bench.figure.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The page of the documentation that has the table of a real run, between two marks. */
record MeasurementsPage(Path file) {

    static final String BEGIN = "<!-- written by dev/bench --write-docs -->\n";
    static final String END = "<!-- end -->\n";

    /**
     * Replaces what stands between the marks.
     *
     * @throws IllegalStateException when the page has no marks
     */
    void write(Machine machine, int rounds, String date, List<Outcome> outcomes) throws IOException {
        String text = Files.readString(file);
        int begin = text.indexOf(BEGIN);
        int end = text.indexOf(END, begin);
        if (begin < 0 || end < 0) {
            throw new IllegalStateException(file + " has no line \"" + BEGIN.strip() + "\" with a later \""
                    + END.strip() + "\", between which the table belongs");
        }
        String table = "\n" + machine + ". Medians of " + rounds + " rounds, " + date + ".\n\n"
                + new Table(outcomes).markdown() + "\n";
        Files.writeString(file, text.substring(0, begin) + BEGIN + table + text.substring(end));
    }
}
