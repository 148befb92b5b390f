package dev.sshtunnels.manifest;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** What all documents have in common: apiVersion, kind and metadata. */
final class Envelope {

    /** Kinds that are read. */
    enum Kind {
        SSH_SERVER("sshtunnels.dev/v1alpha1", "SshServer", "spec", "status"),
        SSH_TUNNEL("sshtunnels.dev/v1alpha1", "SshTunnel", "spec", "status"),
        SECRET("v1", "Secret", "data", "stringData", "type", "immutable"),
        CONFIG_MAP("v1", "ConfigMap", "data", "binaryData", "immutable");

        private final String apiVersion;
        private final String kindName;
        private final List<String> fields;

        Kind(String apiVersion, String kindName, String... fields) {
            this.apiVersion = apiVersion;
            this.kindName = kindName;
            this.fields = List.of(fields);
        }

        static Optional<Kind> of(String name) {
            return Arrays.stream(values())
                    .filter(kind -> kind.kindName.equals(name))
                    .findFirst();
        }
    }

    private final Kind kind;
    private final Map<String, Node> fields;
    private final Map<String, Node> metadata;
    private final RecordBinder binder;
    private final Positions positions;

    private Envelope(Kind kind, Map<String, Node> fields, RecordBinder binder, Positions positions) {
        this.kind = kind;
        this.fields = fields;
        this.binder = binder;
        this.positions = positions;
        Node node = fields.get("metadata");
        Map<String, Node> found = node == null ? null : binder.fields(node, "metadata");
        this.metadata = found == null ? Map.of() : found;
    }

    /** Null, with a problem, when it is not one of our kinds. */
    static Envelope read(Node node, RecordBinder binder, Positions positions) {
        Map<String, Node> fields = binder.fields(node, "");
        if (fields == null) {
            return null;
        }
        String name = text(fields.get("kind"));
        Optional<Kind> kind = Kind.of(name);
        if (kind.isEmpty()) {
            positions.problem(
                    "kind",
                    (name == null ? "is missing" : "\"" + name + "\" is not known")
                            + "; it must be SshServer, SshTunnel, Secret or ConfigMap");
            return null;
        }
        Envelope envelope = new Envelope(kind.get(), fields, binder, positions);
        envelope.check();
        return envelope;
    }

    private void check() {
        if (!kind.apiVersion.equals(text(fields.get("apiVersion")))) {
            positions.problem("apiVersion", "must be " + kind.apiVersion + " for a " + kind.kindName);
        }
        if (name() == null || name().isEmpty()) {
            positions.problem("metadata.name", "is missing; name the " + kind.kindName);
        }
        fields.forEach((field, node) -> {
            if (!kind.fields.contains(field)
                    && !List.of("apiVersion", "kind", "metadata").contains(field)) {
                positions.problem(node, field, "unknown field; " + Suggestion.of(field, kind.fields));
            }
        });
    }

    Kind kind() {
        return kind;
    }

    String name() {
        return text(metadata.get("name"));
    }

    /** Null, with a problem, when it is missing or wrong. */
    <S> S spec(Class<S> type) {
        Node node = fields.get("spec");
        if (node == null) {
            positions.problem("spec", "is missing; say what is wanted");
            return null;
        }
        return binder.bind(node, type, "spec");
    }

    <S> Document<S> document(S spec, String file, int line) {
        return new Document<>(name(), text(metadata.get("namespace")), generation(), spec, file, line);
    }

    private long generation() {
        String text = text(metadata.get("generation"));
        if (text == null) {
            return 0;
        }
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException _) {
            positions.problem("metadata.generation", "must be a number; the API server sets it, so remove it");
            return 0;
        }
    }

    Map<String, byte[]> secretData() {
        Map<String, byte[]> data = base64("data");
        data.putAll(plain("stringData"));
        return data;
    }

    Map<String, byte[]> configMapData() {
        Map<String, byte[]> data = base64("binaryData");
        data.putAll(plain("data"));
        return data;
    }

    private Map<String, byte[]> plain(String field) {
        Map<String, byte[]> data = new HashMap<>();
        entries(field).forEach((key, node) -> {
            String value = text(node);
            if (value == null) {
                positions.problem(node, field + "." + key, "must be a string");
            } else {
                data.put(key, value.getBytes(StandardCharsets.UTF_8));
            }
        });
        return data;
    }

    private Map<String, byte[]> base64(String field) {
        Map<String, byte[]> data = new HashMap<>();
        entries(field).forEach((key, node) -> {
            try {
                data.put(key, Base64.getMimeDecoder().decode(String.valueOf(text(node))));
            } catch (IllegalArgumentException _) {
                positions.problem(
                        node, field + "." + key, "must be base64; plain text belongs into stringData of a Secret");
            }
        });
        return data;
    }

    private Map<String, Node> entries(String field) {
        Node node = fields.get(field);
        Map<String, Node> found = node == null ? null : binder.fields(node, field);
        return found == null ? Map.of() : found;
    }

    private static String text(Node node) {
        return node instanceof ScalarNode scalar ? scalar.getValue() : null;
    }
}
