package dev.sshtunnels.operator;

import dev.sshtunnels.management.Endpoints;
import dev.sshtunnels.management.Health;
import dev.sshtunnels.management.ManagementServer;
import dev.sshtunnels.management.ProcessMetrics;
import dev.sshtunnels.operator.kinds.KindsSerialization;
import dev.sshtunnels.operator.metrics.ResourceCounts;
import dev.sshtunnels.operator.reconcile.Controllers;
import dev.sshtunnels.operator.reconcile.Parts;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.RuntimeInfo;
import io.javaoperatorsdk.operator.api.config.ConfigurationServiceOverrider;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfigurationBuilder;
import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import io.javaoperatorsdk.operator.monitoring.micrometer.MicrometerMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One operator process, from its start to its end. */
public final class OperatorProcess implements AutoCloseable {
    private static final String LEASE = "ssh-tunnel-operator";
    private static final Logger LOG = LoggerFactory.getLogger(OperatorProcess.class);
    private static final Duration FINISH_RECONCILING = Duration.ofSeconds(10);

    private final OperatorSettings settings;
    /** Holder of the lease: tells this process from every other. */
    private final String identity = ProcessHandle.current().pid() + "-" + UUID.randomUUID();

    private final KubernetesClient client;
    private final Controllers controllers;
    private final Operator operator;
    private final ManagementServer management;

    private OperatorProcess(OperatorSettings settings, Config cluster) throws IOException {
        this.settings = settings;
        KubernetesSerialization serialization = KindsSerialization.create();
        client = new KubernetesClientBuilder()
                .withConfig(cluster)
                .withKubernetesSerialization(serialization)
                .build();
        var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        ProcessMetrics.register(registry);
        Metrics metrics = MicrometerMetrics.withoutPerResourceMetrics(registry);
        operator = new Operator(overrider -> configure(overrider, metrics));
        var counts = new ResourceCounts();
        registry.getPrometheusRegistry().register(counts);
        controllers = new Controllers(
                new Parts(client, serialization, settings.image(), settings.fieldManager(), counts, Clock.systemUTC()));
        controllers.register(operator, settings.watchNamespaces(), settings.fieldManager());
        management = ManagementServer.start(
                settings.management(), new Endpoints(this::live, this::ready, registry).byPath());
    }

    /**
     * Starts an operator and returns when it watches, or stands by for the lease.
     *
     * @param cluster where the API server is and who the operator is there
     * @throws IOException when the management address cannot be bound
     * @throws io.javaoperatorsdk.operator.OperatorException when the cluster cannot be watched: it does not answer, the
     *     kinds are not installed, or a permission is missing
     */
    public static OperatorProcess run(OperatorSettings settings, Config cluster) throws IOException {
        var process = new OperatorProcess(settings, cluster);
        try {
            process.operator.start();
            return process;
        } catch (RuntimeException e) {
            process.closeAround();
            throw e;
        }
    }

    /** Where health and metrics are served. */
    public InetSocketAddress management() {
        return management.address();
    }

    /**
     * Ends watching and following; tunnels are not affected. Under leader election the process has to end with it:
     * stopping the framework from a shutdown hook waits for ever for the leadership's own end.
     */
    @Override
    public void close() {
        if (settings.leaseNamespace().isEmpty()) {
            operator.stop();
        }
        settings.leaseNamespace().ifPresent(this::releaseLease);
        closeAround();
    }

    /** So that the next operator leads at once: the framework would leave the lease to expire. */
    private void releaseLease(String namespace) {
        try {
            client.leases().inNamespace(namespace).withName(LEASE).edit(lease -> {
                if (identity.equals(lease.getSpec().getHolderIdentity())) {
                    lease.getSpec().setHolderIdentity("");
                }
                return lease;
            });
        } catch (KubernetesClientException e) {
            LOG.warn("the lease was not released; the next operator waits until it expires: {}", e.getMessage());
        }
    }

    private void closeAround() {
        management.close();
        controllers.close();
        client.close();
    }

    private void configure(ConfigurationServiceOverrider overrider, Metrics metrics) {
        overrider
                .withKubernetesClient(client)
                .withCloseClientOnStop(false)
                .withMetrics(metrics)
                .withReconciliationTerminationTimeout(FINISH_RECONCILING);
        settings.leaseNamespace()
                .ifPresent(namespace -> overrider.withLeaderElectionConfiguration(
                        LeaderElectionConfigurationBuilder.aLeaderElectionConfiguration(LEASE)
                                .withIdentity(identity)
                                .withLeaseNamespace(namespace)
                                .build()));
    }

    /** Not whether the API server can be reached: a restart would not bring it back. */
    private Health live() {
        return Health.good("the process answers");
    }

    private Health ready() {
        RuntimeInfo runtime = operator.getRuntimeInfo();
        if (!runtime.isStarted()) {
            return Health.bad("the operator has not started yet");
        }
        return runtime.allEventSourcesAreHealthy()
                ? Health.good("watching")
                : Health.bad("a watch on the API server is broken and is being renewed");
    }
}
