package dev.sshtunnels.documentation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A Markdown page of the project. */
record Page(Path file, String text) {

    private static final Pattern FENCE = Pattern.compile("(?ms)^```(\\w*)\\n(.*?)^```$");
    private static final Pattern LINK = Pattern.compile("]\\(([^)#\\s]+)(?:#[^)]*)?\\)");
    private static final Pattern TESTED = Pattern.compile("<!-- tested by (\\S+) -->");

    /** README, CHANGELOG, docs and the pages of the examples. */
    static List<Page> all() {
        return Stream.concat(
                        Stream.of(Path.of("README.md"), Path.of("CHANGELOG.md")),
                        Stream.of("docs", "examples").flatMap(folder -> files(folder, ".md")))
                .map(Page::read)
                .toList();
    }

    static Page read(Path file) {
        try {
            return new Page(file, Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Stream<Path> files(String folder, String ending) {
        try (Stream<Path> files = Files.walk(Path.of(folder))) {
            return files.filter(file -> file.toString().endsWith(ending)).sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Contents of the fenced blocks in a language. */
    List<String> blocks(String language) {
        return FENCE.matcher(text)
                .results()
                .filter(fence -> fence.group(1).equals(language))
                .map(fence -> fence.group(2))
                .toList();
    }

    /** Files of the project that the page links to. */
    List<Path> links() {
        return LINK.matcher(text)
                .results()
                .map(link -> link.group(1))
                .filter(target -> !target.contains("://"))
                .map(target -> file.resolveSibling(target).normalize())
                .toList();
    }

    /** Tests that the page says run its commands. */
    List<Path> tests() {
        Matcher marks = TESTED.matcher(text);
        return marks.results().map(mark -> Path.of(mark.group(1))).toList();
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
