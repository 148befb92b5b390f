package dev.sshtunnels.operator;

import dev.sshtunnels.management.Endpoints;
import dev.sshtunnels.management.Health;
import dev.sshtunnels.management.ManagementServer;
import dev.sshtunnels.management.ProcessMetrics;
import dev.sshtunnels.operator.kinds.KindsSerialization;
import dev.sshtunnels.operator.metrics.ResourceCounts;
import dev.sshtunnels.operator.reconcile.Controllers;
import dev.sshtunnels.operator.reconcile.Parts;
import dev.sshtunnels.operator.standing.ApiAnswers;
import dev.sshtunnels.operator.standing.Leadership;
import dev.sshtunnels.operator.standing.Permissions;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.RequestConfig;
import io.fabric8.kubernetes.client.RequestConfigBuilder;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.OperatorException;
import io.javaoperatorsdk.operator.api.config.ConfigurationServiceOverrider;
import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import io.javaoperatorsdk.operator.monitoring.micrometer.MicrometerMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/**
 * One operator process, from its start to its end. An API server that does not answer, kinds that are not installed and
 * permissions that are missing are waited for, at the start as later: a restart would not mend them, and the kubelet
 * restarts ever more rarely.
 */
public final class OperatorProcess implements AutoCloseable {
    private static final String LEASE = "ssh-tunnel-operator";
    private static final Duration FINISH_RECONCILING = Duration.ofSeconds(10);
    private static final Duration FOR_EVER = Duration.ofDays(365);
    /** First pause before a watch is renewed, doubled up to 32 times: at most 16 s. Unit: ms. */
    private static final int RENEW_WATCH = 500;

    private final KubernetesClient client;
    private final ApiAnswers answers = new ApiAnswers();
    private final Permissions permissions;
    private final Controllers controllers;
    private final Operator operator;
    private final ManagementServer management;
    private final Optional<Leadership> leadership;
    private final CompletableFuture<String> ended = new CompletableFuture<>();
    private volatile boolean started;
    private volatile boolean closing;

    private OperatorProcess(OperatorSettings settings, Config cluster) throws IOException {
        client = client(cluster, answers);
        permissions = new Permissions(client);
        answers.onRefusal(permissions::refused);
        var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        ProcessMetrics.register(registry);
        Metrics metrics = MicrometerMetrics.withoutPerResourceMetrics(registry);
        operator = new Operator(overrider -> configure(overrider, metrics));
        var counts = new ResourceCounts();
        registry.getPrometheusRegistry().register(counts);
        controllers = new Controllers(new Parts(
                client,
                client.getKubernetesSerialization(),
                settings.image(),
                settings.fieldManager(),
                counts,
                Clock.systemUTC()));
        controllers.register(operator, settings.watchNamespaces(), settings.fieldManager());
        leadership = settings.leaseNamespace().map(this::strive);
        management = ManagementServer.start(
                settings.management(), new Endpoints(this::live, this::ready, registry).byPath());
    }

    private static KubernetesClient client(Config cluster, ApiAnswers answers) {
        RequestConfig requests = new RequestConfigBuilder(cluster.getRequestConfig())
                .withWatchReconnectInterval(RENEW_WATCH)
                .build();
        return new KubernetesClientBuilder()
                .withConfig(cluster)
                .withKubernetesSerialization(KindsSerialization.create())
                .withHttpClientBuilderConsumer(http -> http.addOrReplaceInterceptor("answers", answers))
                .build()
                .newClient(requests)
                .adapt(KubernetesClient.class);
    }

    private Leadership strive(String namespace) {
        String identity = ProcessHandle.current().pid() + "-" + UUID.randomUUID();
        return Leadership.strive(client, namespace, LEASE, identity);
    }

    /**
     * Starts an operator and returns at once; {@code /readyz} tells when it watches, or stands by for the lease.
     *
     * @param cluster where the API server is and who the operator is there
     * @throws IOException when the management address cannot be bound
     */
    public static OperatorProcess run(OperatorSettings settings, Config cluster) throws IOException {
        var process = new OperatorProcess(settings, cluster);
        process.leadership.ifPresentOrElse(process::workWhileLeading, process::begin);
        return process;
    }

    private void workWhileLeading(Leadership lease) {
        lease.gained().thenRun(this::begin);
        lease.lost().thenRun(() -> end("the lease is lost"));
    }

    private void begin() {
        Thread.ofVirtual().name("start").start(this::work);
    }

    private void work() {
        try {
            operator.start();
            started = true;
        } catch (OperatorException e) {
            end("it could not start: " + e.getMessage());
        }
    }

    private void end(String why) {
        if (!closing) {
            ended.complete(why);
        }
    }

    /**
     * Why it cannot go on, when it cannot and was not closed. Then the process has to end at once, without {@link #close}: another
     * operator may be at work.
     */
    public CompletableFuture<String> ended() {
        return ended;
    }

    /** Where health and metrics are served. */
    public InetSocketAddress management() {
        return management.address();
    }

    /** Ends watching and following, and gives the lease back; tunnels are not affected. */
    @Override
    public void close() {
        closing = true;
        operator.stop();
        leadership.ifPresent(Leadership::close);
        management.close();
        permissions.close();
        controllers.close();
        client.close();
    }

    private void configure(ConfigurationServiceOverrider overrider, Metrics metrics) {
        overrider
                .withKubernetesClient(client)
                .withCloseClientOnStop(false)
                .withMetrics(metrics)
                .withStopOnInformerErrorDuringStartup(false)
                .withCacheSyncTimeout(FOR_EVER)
                .withInformerStoppedHandler((informer, failure) -> {
                    if (failure != null) {
                        end("the cache of " + informer.getApiTypeClass().getSimpleName() + " cannot go on: " + failure);
                    }
                })
                .withReconciliationTerminationTimeout(FINISH_RECONCILING);
    }

    /** Not whether the API server can be reached: a restart would not bring it back. */
    private Health live() {
        return Health.good("the process answers");
    }

    private Health ready() {
        List<String> forbidden = permissions.missing();
        if (!forbidden.isEmpty()) {
            return Health.bad("the operator is forbidden to: " + String.join("; ", forbidden));
        }
        String trouble = answers.trouble()
                .or(() -> leadership.flatMap(Leadership::trouble))
                .map(text -> ": " + text)
                .orElse("");
        if (started) {
            return operator.getRuntimeInfo().allEventSourcesAreHealthy()
                    ? Health.good("watching")
                    : Health.bad("a watch on the API server is broken and is being renewed" + trouble);
        }
        // The framework answers no question while it starts.
        boolean standsBy = leadership.isPresent() && !leadership.get().gained().isDone() && trouble.isEmpty();
        return standsBy ? Health.good("standing by for the lease") : Health.bad("starting" + trouble);
    }
}
