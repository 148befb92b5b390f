package dev.sshtunnels.operator.status;

import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;

/** Conditions as a test reads them. */
final class Shown {

    private Shown() {}

    /** {@code Type=Status/Reason} of each. */
    static List<String> of(List<Condition> conditions) {
        return conditions.stream()
                .map(condition -> condition.getType() + "=" + condition.getStatus() + "/" + condition.getReason())
                .toList();
    }

    static String message(List<Condition> conditions, String type) {
        return named(conditions, type).getMessage();
    }

    static String since(List<Condition> conditions, String type) {
        return named(conditions, type).getLastTransitionTime();
    }

    private static Condition named(List<Condition> conditions, String type) {
        return conditions.stream()
                .filter(condition -> condition.getType().equals(type))
                .findFirst()
                .orElseThrow();
    }
}
