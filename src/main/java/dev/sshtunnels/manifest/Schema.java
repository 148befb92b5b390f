package dev.sshtunnels.manifest;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a CRD's structural schema says of one value (Kubernetes, "Specifying a structural schema").
 *
 * @param type {@code object}, {@code array}, {@code string}, {@code integer}, {@code boolean}, or {@code int-or-string}
 * @param fields properties of an object
 * @param required names of the properties that must be there
 * @param others schema of an object's further fields, null if there may be none
 * @param openEnded whether any further fields may be there ({@code x-kubernetes-preserve-unknown-fields})
 * @param items schema of a list's items, null for other types
 * @param keys fields that tell the items of a list apart; none for a list of scalars, see {@code unique}
 * @param unique whether a list's items must differ ({@code x-kubernetes-list-type} set or map)
 * @param choices the only values that a string may have, empty for any
 * @param bounds numbers, lengths and counts
 * @param dateTime whether a string is a date and time (RFC 3339)
 * @param rules rules in the order of the CRD
 * @param fallback the default as the CRD has it, null for none
 */
record Schema(
        String type,
        Map<String, Schema> fields,
        List<String> required,
        Schema others,
        boolean openEnded,
        Schema items,
        List<String> keys,
        boolean unique,
        List<String> choices,
        Bounds bounds,
        boolean dateTime,
        List<Rule> rules,
        Object fallback) {

    /**
     * Smallest and largest: of an integer its value, of a string its length in characters, of a list or map its size.
     * Null for no bound.
     */
    record Bounds(Long smallest, Long largest) {}

    /** The schema of one field; empty when the object may not have such a field. */
    Optional<Schema> field(String name) {
        return Optional.ofNullable(fields.getOrDefault(name, others));
    }

    /** Takes whatever an object holds. */
    static Schema anyObject() {
        return object(Map.of(), List.of(), true);
    }

    /** An object with these fields and no rules. */
    static Schema object(Map<String, Schema> fields, List<String> required, boolean openEnded) {
        Bounds none = new Bounds(null, null);
        return new Schema(
                "object", fields, required, null, openEnded, null, List.of(), false, List.of(), none, false, List.of(),
                null);
    }
}
