package dev.sshtunnels.manifest;

import java.util.LinkedHashMap;
import java.util.Map;

/** Defaults of the schema as values of a document. */
final class Defaults {

    private Defaults() {}

    /**
     * A default of a CRD: an object, text, whole number or truth value.
     *
     * @param line of the object that lacks the field
     */
    static Value value(Object fallback, int line) {
        return switch (fallback) {
            case Map<?, ?> map -> {
                Map<String, Value> fields = new LinkedHashMap<>();
                map.forEach((name, value) -> fields.put((String) name, value(value, line)));
                yield new Value.Fields(line, fields);
            }
            case Integer number -> new Value.Scalar(line, number.longValue());
            default -> new Value.Scalar(line, fallback);
        };
    }
}
