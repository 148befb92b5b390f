package dev.sshtunnels.tunnel;

/**
 * A rule that a spec breaks.
 *
 * @param field path of the field from the document's root, such as {@code spec.listen.port}
 * @param message what is wanted and how to mend it; the text of the rule in {@code crds/} where it stands there
 */
public record Violation(String field, String message) {}
