package dev.sshtunnels.faults;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What was seen of one fault that the tunnel survived as it should.
 *
 * @param what the fault as it was in this case; distinguishes cases of one row
 * @param how what was done to inject it
 * @param shows the reason, or what else a user sees of it
 * @param detected until it showed; null where nothing is to show
 * @param recovered from the end of the fault to the first byte through the tunnel; null where nothing was lost
 * @param gap the longest that a neighbour waited for an answer; null where there is none
 */
record Outcome(Row row, String what, String how, String shows, Measured detected, Measured recovered, Measured gap) {

    Map<String, Object> tree() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("row", row.name());
        tree.put("fault", what);
        tree.put("injected", how);
        tree.put("shows", shows);
        put(tree, "detected", detected);
        put(tree, "recovered", recovered);
        put(tree, "neighbourGap", gap);
        return tree;
    }

    private static void put(Map<String, Object> tree, String name, Measured measured) {
        if (measured != null) {
            tree.put(
                    name,
                    Map.of(
                            "millis", measured.took().toMillis(),
                            "boundMillis", measured.bound().toMillis()));
        }
    }

    static Outcome of(Map<String, Object> tree) {
        return new Outcome(
                Row.valueOf((String) tree.get("row")),
                (String) tree.get("fault"),
                (String) tree.get("injected"),
                (String) tree.get("shows"),
                measured(tree.get("detected")),
                measured(tree.get("recovered")),
                measured(tree.get("neighbourGap")));
    }

    private static Measured measured(Object value) {
        return value instanceof Map<?, ?> map
                ? Measured.ofMillis(millis(map, "millis"), millis(map, "boundMillis"))
                : null;
    }

    private static long millis(Map<?, ?> map, String name) {
        return ((Number) map.get(name)).longValue();
    }
}
