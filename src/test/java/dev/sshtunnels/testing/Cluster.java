package dev.sshtunnels.testing;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests a real Kubernetes that has the CRDs of {@code crds/}, one for the whole run. It is the one that
 * KUBECONFIG names; else K3s, where a Docker engine answers; else the one that {@code dev/cluster} builds.
 */
public final class Cluster implements ParameterResolver {

    private static final ExtensionContext.Namespace STORE = ExtensionContext.Namespace.create(Cluster.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == KubernetesClient.class;
    }

    /** Ends the test as skipped, with the reason, when this machine can have no cluster; fails it when CI is true. */
    @Override
    public KubernetesClient resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(STORE)
                .computeIfAbsent(Running.class, _ -> start(), Running.class)
                .client();
    }

    private static Running start() {
        KubernetesSource source = KubernetesSource.choose();
        KubernetesClient client = new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(source.kubeconfig()))
                .build();
        if (source.isOfTheUser()) {
            Definitions.requireUnused(client);
        }
        Definitions.install(client);
        return new Running(source, client);
    }

    /** What is ended with the run: the client, and a cluster that was started only for it. */
    private record Running(KubernetesSource source, KubernetesClient client) implements AutoCloseable {

        @Override
        public void close() {
            client.close();
            source.close();
        }
    }
}
