package dev.sshtunnels.manifest;

import dev.sshtunnels.manifest.Schema.Bounds;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Turns {@code openAPIV3Schema} of our CRDs into {@link Schema}; a keyword it does not know is an error, never ignored. */
final class SchemaReader {

    private static final Set<String> KNOWN = Set.of(
            "type",
            "format",
            "description",
            "properties",
            "required",
            "additionalProperties",
            "items",
            "enum",
            "default",
            "minimum",
            "maximum",
            "minLength",
            "maxLength",
            "minItems",
            "maxItems",
            "maxProperties",
            "x-kubernetes-validations",
            "x-kubernetes-list-type",
            "x-kubernetes-list-map-keys",
            "x-kubernetes-int-or-string",
            "x-kubernetes-preserve-unknown-fields");

    private final Twins twins = new Twins();

    /** The schema of a whole document: of metadata it knows the name, and a status is taken without a look. */
    Schema document(Map<?, ?> root) {
        Map<Object, Object> plain = new HashMap<>(root);
        Map<Object, Object> properties = new LinkedHashMap<>(child(root, "properties"));
        Map<Object, Object> metadata = new HashMap<>(child(properties, "metadata"));
        metadata.put("x-kubernetes-preserve-unknown-fields", true);
        properties.put("metadata", metadata);
        properties.put("status", Map.of("type", "object", "x-kubernetes-preserve-unknown-fields", true));
        plain.put("properties", properties);
        return schema(plain);
    }

    private Schema schema(Map<?, ?> from) {
        refuseUnknown(from);
        String listType = (String) from.get("x-kubernetes-list-type");
        return new Schema(
                from.get("x-kubernetes-int-or-string") == null ? (String) from.get("type") : "int-or-string",
                fields(child(from, "properties")),
                strings(from, "required"),
                optional(from, "additionalProperties"),
                from.get("x-kubernetes-preserve-unknown-fields") != null,
                optional(from, "items"),
                strings(from, "x-kubernetes-list-map-keys"),
                "set".equals(listType) || "map".equals(listType),
                strings(from, "enum"),
                new Bounds(
                        first(from, "minimum", "minLength", "minItems"),
                        first(from, "maximum", "maxLength", "maxItems", "maxProperties")),
                "date-time".equals(from.get("format")),
                rules(from),
                from.get("default"));
    }

    private static void refuseUnknown(Map<?, ?> from) {
        Set<String> unknown = new TreeSet<>();
        from.keySet().forEach(keyword -> unknown.add((String) keyword));
        unknown.removeAll(KNOWN);
        if (!unknown.isEmpty()) {
            throw new IllegalStateException("the CRDs use keywords that the reader does not know: " + unknown);
        }
    }

    private Map<String, Schema> fields(Map<?, ?> properties) {
        Map<String, Schema> fields = new LinkedHashMap<>();
        properties.forEach((name, schema) -> fields.put((String) name, schema((Map<?, ?>) schema)));
        return fields;
    }

    private Schema optional(Map<?, ?> from, String keyword) {
        return from.get(keyword) == null ? null : schema((Map<?, ?>) from.get(keyword));
    }

    private List<Rule> rules(Map<?, ?> from) {
        if (!(from.get("x-kubernetes-validations") instanceof List<?> rules)) {
            return List.of();
        }
        return rules.stream().map(Map.class::cast).map(this::rule).toList();
    }

    private Rule rule(Map<?, ?> rule) {
        String field = rule.get("fieldPath") instanceof String path ? path : "";
        return new Rule(twins.of((String) rule.get("rule")), (String) rule.get("message"), field);
    }

    private static Map<?, ?> child(Map<?, ?> from, String keyword) {
        return from.get(keyword) instanceof Map<?, ?> map ? map : Map.of();
    }

    private static List<String> strings(Map<?, ?> from, String keyword) {
        return from.get(keyword) instanceof List<?> list
                ? list.stream().map(String.class::cast).toList()
                : List.of();
    }

    private static Long first(Map<?, ?> from, String... keywords) {
        for (String keyword : keywords) {
            if (from.get(keyword) instanceof Number number) {
                return number.longValue();
            }
        }
        return null;
    }
}
