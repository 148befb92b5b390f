package dev.sshtunnels.operator.edits;

import dev.sshtunnels.operator.kinds.KindsSerialization;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One field of an object that is edited.
 *
 * @param kind of the object
 * @param as which of the kind's uses the object is of, such as {@code L}; empty when it does not matter
 * @param field as the reference of all fields has it
 * @param before spec before the edit
 * @param after spec after it
 */
public record Edit(String kind, String as, String field, Map<String, Object> before, Map<String, Object> after) {

    private static final Path FILE = Path.of("src/test/resources/edits/edits.yaml");
    private static final KubernetesSerialization YAML = KindsSerialization.create();
    private static final String PLACE = " @ ";

    /** All of them, in the order of the file. */
    public static List<Edit> all() {
        List<Edit> edits = new ArrayList<>();
        for (Object group : YAML.unmarshal(read(), List.class)) {
            Map<String, Object> fields = map(group);
            Map<String, Object> before = map(fields.get("before"));
            map(fields.get("edits"))
                    .forEach((key, value) -> edits.add(of(
                            fields.get("kind").toString(),
                            fields.getOrDefault("as", "").toString(),
                            key,
                            before,
                            value)));
        }
        return edits;
    }

    private static Edit of(String kind, String as, String key, Map<String, Object> before, Object value) {
        String[] parts = key.split(PLACE, 2);
        Map<String, Object> after = map(copy(before));
        put(after, List.of(parts[parts.length - 1].split("\\.")), value);
        return new Edit(kind, as, parts[0], before, after);
    }

    private static void put(Map<String, Object> object, List<String> path, Object value) {
        String name = path.getFirst();
        if (path.size() == 1) {
            object.put(name, value);
        } else if (name.endsWith("[]")) {
            put(map(((List<?>) object.get(name.replace("[]", ""))).getFirst()), path.subList(1, path.size()), value);
        } else {
            put(map(object.computeIfAbsent(name, _ -> new HashMap<>())), path.subList(1, path.size()), value);
        }
    }

    private static Object copy(Object value) {
        return switch (value) {
            case Map<?, ?> fields -> {
                Map<String, Object> copy = new HashMap<>();
                fields.forEach((name, field) -> copy.put(name.toString(), copy(field)));
                yield copy;
            }
            case List<?> items -> new ArrayList<>(items.stream().map(Edit::copy).toList());
            default -> value;
        };
    }

    /** A manifest with one of the specs. */
    public String manifest(String name, Map<String, Object> spec) {
        return YAML.asYaml(Map.of(
                "apiVersion", "sshtunnels.dev/v1alpha1", "kind", kind, "metadata", Map.of("name", name), "spec", spec));
    }

    private static String read() {
        try {
            return Files.readString(FILE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object value) {
        return (Map<String, Object>) value;
    }

    @Override
    public String toString() {
        return kind + " " + field + (as.isEmpty() ? "" : " of " + as);
    }
}
