package dev.sshtunnels.documentation;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.yaml.snakeyaml.Yaml;

/** Writes the reference of all fields from the definitions in {@code crds/}. */
final class ApiReference {

    static final Path FILE = Path.of("docs/api.md");

    private static final String HEAD = """
            # Fields

            All fields of the kinds in `sshtunnels.dev/v1alpha1`, written by `dev/render-docs` from [crds/](../crds). In a cluster:
            `kubectl explain sshtunnel.spec`. A field of this version that is accepted but not acted on yet gives `Accepted=False/NotSupportedYet`;
            the [README](../README.md#what-works-and-what-does-not-yet) lists them. A field marked * is required within its object.
            """;

    private final StringBuilder page = new StringBuilder(HEAD);

    private ApiReference() {}

    /** The page, as Markdown. */
    static String render() {
        ApiReference reference = new ApiReference();
        Page.files("crds", ".yaml").map(Page::read).forEach(reference::definition);
        return reference.page.toString();
    }

    private void definition(Page file) {
        Map<String, Object> spec = map(new Yaml().<Map<String, Object>>load(file.text()), "spec");
        Map<String, Object> names = map(spec, "names");
        Map<String, Object> version = maps(spec, "versions").getFirst();
        Map<String, Object> schema = map(map(version, "schema"), "openAPIV3Schema");
        page.append("\n## ").append(names.get("kind")).append("\n\n");
        page.append(schema.get("description")).append("\n\n");
        page.append("Short name: `")
                .append(String.join("`, `", strings(names, "shortNames")))
                .append("`. ");
        page.append(selectable(version));
        for (String section : List.of("spec", "status")) {
            Map<String, Object> property = map(map(schema, "properties"), section);
            page.append("\n### ")
                    .append(names.get("kind"))
                    .append('.')
                    .append(section)
                    .append("\n\n");
            page.append("| Field | Type | Meaning |\n|---|---|---|\n");
            fields(property, "");
            rules(property);
        }
    }

    private static String selectable(Map<String, Object> version) {
        List<String> paths = maps(version, "selectableFields").stream()
                .map(field -> "`" + field.get("jsonPath").toString().substring(1) + "`")
                .toList();
        return paths.isEmpty() ? "\n" : "For `--field-selector`: " + String.join(", ", paths) + ".\n";
    }

    private void fields(Map<String, Object> object, String prefix) {
        List<String> required = strings(object, "required");
        map(object, "properties").forEach((name, value) -> {
            Map<String, Object> property = asMap(value);
            String path = prefix + name;
            row(path, property, required.contains(name));
            if (isWholeServer(path, property)) {
                return;
            }
            fields(property, path + ".");
            fields(map(property, "items"), path + "[].");
        });
    }

    private void row(String path, Map<String, Object> property, boolean required) {
        String meaning = String.valueOf(property.getOrDefault("description", ""));
        if (isWholeServer(path, property)) {
            meaning += " The fields are those of [SshServer.spec](#sshserverspec), except jump and allowedNamespaces.";
        }
        String name = "`" + path + "`" + (required ? " *" : "");
        page.append("| ").append(name).append(" | ").append(type(property)).append(" | ");
        page.append(meaning.strip().replace("|", "\\|").replaceAll("\\s+", " ")).append(" |\n");
    }

    /** The inline server of a spec; what a status says of its server is another matter. */
    private static boolean isWholeServer(String path, Map<String, Object> property) {
        return path.equals("server") && map(property, "properties").containsKey("endpoints");
    }

    private static String type(Map<String, Object> property) {
        if (property.containsKey("x-kubernetes-int-or-string")) {
            return "integer or string";
        }
        List<String> constants = strings(property, "enum");
        if (!constants.isEmpty()) {
            return String.join(", ", constants);
        }
        String type = String.valueOf(property.get("type"));
        return type.equals("array") ? "list of " + type(map(property, "items")) : type;
    }

    private void rules(Map<String, Object> object) {
        List<String> messages = maps(object, "x-kubernetes-validations").stream()
                .map(rule -> rule.get("message").toString().replaceAll("\\s+", " "))
                .distinct()
                .toList();
        if (!messages.isEmpty()) {
            page.append("\nWhat the API server says about fields that do not go together:\n\n");
            messages.forEach(message -> page.append("- ").append(message).append('\n'));
        }
    }

    private static Map<String, Object> map(Map<String, Object> parent, String key) {
        return asMap(parent.getOrDefault(key, Map.of()));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> asMap(Object value) {
        return (Map<String, Object>) value;
    }

    private static List<Map<String, Object>> maps(Map<String, Object> parent, String key) {
        List<Map<String, Object>> found = new ArrayList<>();
        list(parent, key).forEach(each -> found.add(asMap(each)));
        return found;
    }

    private static List<String> strings(Map<String, Object> parent, String key) {
        return list(parent, key).map(String::valueOf).toList();
    }

    private static Stream<?> list(Map<String, Object> parent, String key) {
        return ((List<?>) parent.getOrDefault(key, List.of())).stream();
    }
}
