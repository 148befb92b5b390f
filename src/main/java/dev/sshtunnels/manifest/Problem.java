package dev.sshtunnels.manifest;

/**
 * One mistake in a document.
 *
 * @param line from 1
 * @param field path from the document's root, empty where it is about the document as a whole
 */
public record Problem(String file, int line, String field, String message) {

    /** {@code FILE:LINE: FIELD: MESSAGE}, as compilers write it. */
    @Override
    public String toString() {
        return file + ":" + line + ": " + (field.isEmpty() ? "" : field + ": ") + message;
    }
}
