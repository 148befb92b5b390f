package dev.sshtunnels.faults;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Outcomes as files, one each, so that test classes of several runs of Maven can add theirs. */
record Outcomes(Path directory) {

    static final Outcomes OF_THIS_BUILD = new Outcomes(Path.of("target", "fault-matrix"));

    private static final Comparator<Outcome> ORDER =
            Comparator.comparing(Outcome::row).thenComparing(Outcome::what);

    void add(Outcome outcome) {
        String name = outcome.row() + "-" + outcome.what().replaceAll("[^A-Za-z0-9]+", "-") + ".json";
        try {
            Files.createDirectories(directory);
            Files.writeString(
                    directory.resolve(name),
                    JSON.std.with(JSON.Feature.PRETTY_PRINT_OUTPUT).asString(outcome.tree()) + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All of them, by row. */
    List<Outcome> all() throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        List<Outcome> found = new ArrayList<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".json")).toList()) {
                found.add(Outcome.of(JSON.std.mapFrom(Files.readString(file))));
            }
        }
        found.sort(ORDER);
        return found;
    }
}
