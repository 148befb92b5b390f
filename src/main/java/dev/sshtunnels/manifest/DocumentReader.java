package dev.sshtunnels.manifest;

import dev.sshtunnels.api.SshServerSpec;
import dev.sshtunnels.api.SshTunnelSpec;
import dev.sshtunnels.tunnel.NotSupportedYet;
import dev.sshtunnels.tunnel.SpecRules;
import dev.sshtunnels.tunnel.Violation;
import java.util.List;

/** Reads the documents of one file into a {@link Contents}. */
final class DocumentReader {

    private static final String OURS = "sshtunnels.dev/v1alpha1";
    private static final List<String> SECRET =
            List.of("apiVersion", "kind", "metadata", "type", "data", "stringData", "immutable");
    private static final List<String> CONFIG_MAP =
            List.of("apiVersion", "kind", "metadata", "data", "binaryData", "immutable");

    /** ObjectMeta of the API server, so that what {@code kubectl get -o yaml} prints can be read. */
    private static final List<String> METADATA = List.of(
            "name",
            "namespace",
            "labels",
            "annotations",
            "generation",
            "generateName",
            "uid",
            "resourceVersion",
            "creationTimestamp",
            "deletionTimestamp",
            "deletionGracePeriodSeconds",
            "finalizers",
            "ownerReferences",
            "managedFields",
            "selfLink");

    private final String file;
    private final Problems problems;
    private final Contents contents;

    DocumentReader(String file, Problems problems, Contents contents) {
        this.file = file;
        this.problems = problems;
        this.contents = contents;
    }

    /** Adds the document to the contents, or tells its problems. */
    void read(Value document) {
        if (!(document instanceof Value.Fields)) {
            problems.add(document.line(), "", "is no document; begin with apiVersion, kind and metadata");
            return;
        }
        String kind = document.has("kind") ? text(document, "kind") : "";
        switch (kind) {
            case "SshServer" -> server(document);
            case "SshTunnel" -> tunnel(document);
            case "Secret" -> {
                if (envelope(document, "v1", SECRET)) {
                    contents.secret(name(document), new DataReader(problems).secret(document), file, document.line());
                }
            }
            case "ConfigMap" -> {
                if (envelope(document, "v1", CONFIG_MAP)) {
                    contents.configMap(
                            name(document), new DataReader(problems).configMap(document), file, document.line());
                }
            }
            default -> {
                String fault = kind.isEmpty() ? "is missing" : "\"" + kind + "\" is not known";
                problems.add(
                        document.lineOf("kind"),
                        "kind",
                        fault + "; it must be SshServer, SshTunnel, Secret or ConfigMap");
            }
        }
    }

    private void server(Value document) {
        int before = problems.count();
        Value complete = checked(Kinds.SERVER, document);
        if (problems.count() == before) {
            SshServerSpec spec = new RecordBinder().bind(SshServerSpec.class, complete.at("spec"));
            refuse(NotSupportedYet.inServer(spec, "spec"), document);
            contents.server(document(document, spec));
        }
    }

    private void tunnel(Value document) {
        int before = problems.count();
        Value complete = checked(Kinds.TUNNEL, document);
        if (problems.count() == before) {
            SshTunnelSpec spec = new RecordBinder().bind(SshTunnelSpec.class, complete.at("spec"));
            refuse(SpecRules.inTunnel(spec, "spec"), document);
            refuse(NotSupportedYet.inTunnel(spec, "spec"), document);
            contents.tunnel(document(document, spec));
        }
    }

    /** The document with its defaults; only to be used when there is no problem. */
    private Value checked(Schema schema, Value document) {
        return envelope(document, OURS, List.copyOf(schema.fields().keySet()))
                ? new Checker(problems).check(schema, document)
                : document;
    }

    private void refuse(List<Violation> violations, Value document) {
        violations.forEach(
                violation -> problems.add(document.lineOf(violation.field()), violation.field(), violation.message()));
    }

    /** Whether version, name and the names of the fields are right; told to the problems if not. */
    private boolean envelope(Value document, String version, List<String> fields) {
        int before = problems.count();
        if (!document.is(version, "apiVersion")) {
            problems.add(document.lineOf("apiVersion"), "apiVersion", "must be " + version);
        }
        if (!document.has("metadata", "name")) {
            problems.add(document.lineOf("metadata"), "metadata.name", "is missing; name the document");
        } else {
            text(document, "metadata", "name");
        }
        known(document, "", fields);
        if (document.has("metadata")) {
            known(document.at("metadata"), "metadata.", METADATA);
        }
        return problems.count() == before;
    }

    private void known(Value object, String path, List<String> known) {
        if (!(object instanceof Value.Fields fields)) {
            problems.add(object.line(), "metadata", "must be of type object");
            return;
        }
        fields.values().forEach((name, field) -> {
            if (!known.contains(name)) {
                problems.add(field.line(), path + name, "unknown field; " + Spelling.hint(name, known));
            }
        });
    }

    private <S> Document<S> document(Value document, S spec) {
        return new Document<>(
                name(document),
                optional(document, "namespace"),
                optional(document, "uid"),
                generation(document),
                spec,
                file,
                document.line());
    }

    private String optional(Value document, String ofMetadata) {
        return document.has("metadata", ofMetadata) ? text(document, "metadata", ofMetadata) : null;
    }

    private long generation(Value document) {
        if (!document.has("metadata", "generation")) {
            return 0;
        }
        if (document.at("metadata", "generation") instanceof Value.Scalar scalar
                && scalar.value() instanceof Long generation) {
            return generation;
        }
        problems.add(
                document.lineOf("metadata.generation"),
                "metadata.generation",
                "must be a number; the API server sets it, so remove it");
        return 0;
    }

    private static String name(Value document) {
        return document.at("metadata", "name").text();
    }

    private String text(Value document, String... path) {
        if (document.at(path) instanceof Value.Scalar scalar && scalar.value() instanceof String text) {
            return text;
        }
        String field = String.join(".", path);
        problems.add(document.lineOf(field), field, "must be of type string; put it into quotes");
        return "";
    }
}
