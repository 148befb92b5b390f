package dev.sshtunnels.agent.plan;

import java.util.List;

/** The documents cannot be put into force. */
public final class InvalidDocumentsException extends Exception {

    private final List<String> problems;

    InvalidDocumentsException(List<String> problems) {
        super(String.join("; ", problems));
        this.problems = List.copyOf(problems);
    }

    /** One line each, {@code FILE:LINE: field: problem; remedy}. */
    public List<String> problems() {
        return problems;
    }
}
