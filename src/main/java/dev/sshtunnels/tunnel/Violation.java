package dev.sshtunnels.tunnel;

/**
 * A field that a spec should not have.
 *
 * @param field path of the field from the document's root, such as {@code spec.listen.port}
 * @param message what is wanted and how to mend it
 */
public record Violation(String field, String message) {}
