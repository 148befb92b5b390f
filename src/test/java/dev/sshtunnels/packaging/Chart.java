package dev.sshtunnels.packaging;

import dev.sshtunnels.testing.DevScript;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/** The chart, rendered by Helm as for a cluster that it has not seen. */
final class Chart {

    static final Path DIRECTORY = Path.of("charts/ssh-tunnel-operator");
    static final String NAMESPACE = "tunnel-system";

    private static final KubernetesSerialization YAML = new KubernetesSerialization();

    private Chart() {}

    /**
     * The objects that Helm makes with the settings.
     *
     * @param options of {@code helm template}, such as {@code --set replicas=2}
     */
    static List<HasMetadata> render(String... options) {
        return objects(template(options).outputOfSuccess());
    }

    static DevScript.Result template(String... options) {
        List<String> arguments = new ArrayList<>(
                List.of("template", "tunnels", DIRECTORY.toString(), "-n", NAMESPACE, "--kube-version", "1.36.0"));
        arguments.addAll(Arrays.asList(options));
        return DevScript.run("helm", arguments);
    }

    /** The objects of a manifest with several documents. */
    static List<HasMetadata> objects(String manifest) {
        Object documents = YAML.unmarshal(manifest);
        Collection<?> all = documents instanceof Collection<?> several ? several : List.of(documents);
        return all.stream().map(HasMetadata.class::cast).toList();
    }

    static <T extends HasMetadata> List<T> ofType(Class<T> type, List<HasMetadata> objects) {
        return objects.stream().filter(type::isInstance).map(type::cast).toList();
    }

    static <T extends HasMetadata> T only(Class<T> type, List<HasMetadata> objects) {
        List<T> found = ofType(type, objects);
        if (found.size() != 1) {
            throw new AssertionError(found.size() + " objects of " + type.getSimpleName() + " instead of one");
        }
        return found.getFirst();
    }
}
