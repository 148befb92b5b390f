package dev.sshtunnels.crd;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A document that must be accepted or refused; see the README beside the files. */
record CorpusFile(String name, String text) {

    private static final Path FOLDER = Path.of("src/test/resources/crd");

    static Stream<CorpusFile> valid() {
        return all().filter(file -> file.name().startsWith("valid-"));
    }

    static Stream<CorpusFile> invalid() {
        return all().filter(file -> file.name().startsWith("invalid-"));
    }

    /** Part of the message that refuses it. */
    String expected() {
        return comment("expect").getFirst();
    }

    /** The field that the message names. */
    String field() {
        return comment("at").getFirst();
    }

    /** Fields that only {@code sshtunnel run} refuses. */
    List<String> notSupportedYet() {
        return comment("not supported yet");
    }

    private List<String> comment(String key) {
        String start = "# " + key + ": ";
        return text.lines()
                .filter(line -> line.startsWith(start))
                .map(line -> line.substring(start.length()))
                .toList();
    }

    private static Stream<CorpusFile> all() {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files
                    .filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .map(CorpusFile::read)
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static CorpusFile read(Path file) {
        try {
            return new CorpusFile(file.getFileName().toString(), Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
