package dev.sshtunnels.operator.reconcile;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.config.ControllerConfigurationOverrider;
import io.javaoperatorsdk.operator.processing.event.rate.LinearRateLimiter;
import io.javaoperatorsdk.operator.processing.retry.GenericRetry;
import java.time.Duration;
import java.util.Set;

/** The reconcilers of both kinds and what they share. */
public final class Controllers implements AutoCloseable {
    private static final Duration FIRST_RETRY = Duration.ofMillis(250);
    /** What was refused, by whomever, works again that soon after it is allowed. */
    private static final Duration LAST_RETRY = Duration.ofSeconds(20);
    /** Finds what an event was missed for. */
    private static final Duration RECONCILE_ANYWAY = Duration.ofMinutes(10);
    /** A guard against a loop of our own making. */
    private static final int RECONCILES_A_SECOND = 10;

    private final Exchange exchange = new Exchange();
    private final SshServerReconciler servers;
    private final SshTunnelReconciler tunnels;

    public Controllers(Parts parts) {
        servers = new SshServerReconciler(parts, exchange);
        tunnels = new SshTunnelReconciler(parts, exchange);
    }

    /** @param namespaces to watch; empty means all */
    public void register(Operator operator, Set<String> namespaces, String fieldManager) {
        operator.register(servers, overrider -> configure(overrider, namespaces, fieldManager));
        operator.register(tunnels, overrider -> configure(overrider, namespaces, fieldManager));
    }

    private static <P extends HasMetadata> void configure(
            ControllerConfigurationOverrider<P> overrider, Set<String> namespaces, String fieldManager) {
        if (!namespaces.isEmpty()) {
            overrider.settingNamespaces(namespaces);
        }
        overrider
                .withFieldManager(fieldManager)
                // Also when only the status changed: what the cache was behind with is compared with what is wanted.
                .withGenerationAware(false)
                .withRetry(new GenericRetry()
                        .withoutMaxAttempts()
                        .setInitialInterval(FIRST_RETRY.toMillis())
                        .setMaxInterval(LAST_RETRY.toMillis()))
                .withRateLimiter(new LinearRateLimiter(Duration.ofSeconds(1), RECONCILES_A_SECOND))
                .withReconciliationMaxInterval(RECONCILE_ANYWAY);
    }

    @Override
    public void close() {
        exchange.close();
    }
}
