package dev.sshtunnels.manifest;

import java.util.List;
import java.util.stream.Collectors;

/** Documents with mistakes; nothing of them is to be used. */
public final class ManifestException extends Exception {

    private final List<Problem> problems;

    public ManifestException(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    /** All mistakes that were found, in the order of the text. */
    public List<Problem> problems() {
        return problems;
    }
}
