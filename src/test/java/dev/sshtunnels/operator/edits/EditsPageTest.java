package dev.sshtunnels.operator.edits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sshtunnels.operator.kinds.KindsSerialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("What an edit of each field does")
class EditsPageTest {

    /** {@code dev/render-docs} sets it: the page is then written instead of compared. */
    private static final boolean WRITE = Boolean.getBoolean("sshtunnels.renderDocs");

    @Test
    void thePageSaysWhatTheOperatorDoes() throws IOException {
        String page = Files.readString(EditsPage.FILE);
        if (WRITE) {
            Files.writeString(EditsPage.FILE, EditsPage.render(page));
        }

        assertThat(Files.readString(EditsPage.FILE))
                .as("stale; run dev/render-docs")
                .isEqualTo(EditsPage.render(page));
    }

    @ParameterizedTest
    @CsvSource({"SshServer, sshservers", "SshTunnel, sshtunnels"})
    void everyFieldOfTheDefinitionsIsEdited(String kind, String plural) throws IOException {
        Set<String> edited = Edit.all().stream()
                .filter(edit -> edit.kind().equals(kind))
                .map(Edit::field)
                .collect(Collectors.toSet());

        assertThat(edited)
                .as("add the field to src/test/resources/edits/edits.yaml")
                .containsExactlyInAnyOrderElementsOf(fields(plural));
    }

    @Test
    void everyEditChangesTheSpec() {
        assertThat(Edit.all())
                .allSatisfy(edit -> assertThat(edit.after()).as(edit.toString()).isNotEqualTo(edit.before()));
    }

    @SuppressWarnings("unchecked")
    private static List<String> fields(String plural) throws IOException {
        String text = Files.readString(Path.of("crds", plural + ".sshtunnels.dev.yaml"));
        Map<String, Object> definition = KindsSerialization.create().unmarshal(text, Map.class);
        Map<String, Object> spec = (Map<String, Object>) definition.get("spec");
        Map<String, Object> version = (Map<String, Object>) ((List<?>) spec.get("versions")).getFirst();
        Map<String, Object> schema = properties(version, "schema", "openAPIV3Schema", "properties", "spec");
        List<String> fields = new ArrayList<>();
        collect(schema, "", fields);
        return fields;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> properties(Map<String, Object> tree, String... path) {
        Map<String, Object> found = tree;
        for (String name : path) {
            found = (Map<String, Object>) found.getOrDefault(name, Map.of());
        }
        return found;
    }

    /** Fields without fields of their own; the server of a tunnel is as the other kind. */
    @SuppressWarnings("unchecked")
    private static void collect(Map<String, Object> object, String prefix, List<String> fields) {
        properties(object, "properties").forEach((name, value) -> {
            Map<String, Object> property = (Map<String, Object>) value;
            String path = prefix + name;
            if (!path.equals("server") && property.containsKey("properties")) {
                collect(property, path + ".", fields);
            } else if (properties(property, "items").containsKey("properties")) {
                collect(properties(property, "items"), path + "[].", fields);
            } else {
                fields.add(path);
            }
        });
    }
}
