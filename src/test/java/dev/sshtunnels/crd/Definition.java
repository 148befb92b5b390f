package dev.sshtunnels.crd;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * A schema in a CRD, at any depth.
 *
 * @param keywords as the CRD has them
 */
record Definition(Map<String, Object> keywords) {

    /** {@code spec} or {@code status} of a kind, by the plural of its name. */
    static Definition of(String plural, String part) {
        return root(plural).property(part);
    }

    static Definition root(String plural) {
        Path file = Path.of("crds", plural + ".sshtunnels.dev.yaml");
        try (Reader text = Files.newBufferedReader(file)) {
            Map<String, Object> crd = new Yaml(new SafeConstructor(new LoaderOptions())).load(text);
            Map<String, Object> version = map(((List<?>) map(crd.get("spec")).get("versions")).getFirst());
            return new Definition(map(map(version.get("schema")).get("openAPIV3Schema")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Definition property(String name) {
        return new Definition(map(map(keywords.get("properties")).get(name)));
    }

    Definition items() {
        return new Definition(map(keywords.get("items")));
    }

    /** Schemas of the properties by name, in the order of the CRD; none for what is not an object. */
    Map<String, Definition> properties() {
        return map(keywords.get("properties")).entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        entry -> new Definition(map(entry.getValue())),
                        (one, _) -> one,
                        LinkedHashMap::new));
    }

    /** This schema and all below it, by path; {@code path} is the one of this. */
    Map<String, Definition> flat(String path) {
        Map<String, Definition> all = new LinkedHashMap<>();
        all.put(path, this);
        properties().forEach((name, property) -> all.putAll(property.flat(path + "." + name)));
        if (keywords.containsKey("items")) {
            all.putAll(items().flat(path + "[]"));
        }
        if (keywords.get("additionalProperties") instanceof Map<?, ?> others) {
            all.putAll(new Definition(map(others)).flat(path + ".*"));
        }
        return all;
    }

    /** Messages of the rules of this schema. */
    Stream<String> messages() {
        return rules().map(rule -> (String) rule.get("message"));
    }

    Stream<Map<String, Object>> rules() {
        return keywords.get("x-kubernetes-validations") instanceof List<?> rules
                ? rules.stream().map(Definition::map)
                : Stream.empty();
    }

    String description() {
        return (String) keywords.getOrDefault("description", "");
    }

    @SuppressWarnings("unchecked") // YAML objects have text as keys
    private static Map<String, Object> map(Object value) {
        return value == null ? Map.of() : (Map<String, Object>) value;
    }
}
