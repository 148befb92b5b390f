package dev.sshtunnels.operator.standing;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.RequestConfig;
import io.fabric8.kubernetes.client.RequestConfigBuilder;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElectionConfig;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElector;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one of several operators that works is the one that holds the Lease. It is asked for without end, whatever the
 * API server says; who has lost it must write nothing any more.
 */
public final class Leadership implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Leadership.class);

    private static final Duration LEASE = Duration.ofSeconds(15);
    private static final Duration RETRY = Duration.ofSeconds(2);
    /** Two requests may begin at its last moment, and one more pause: all of that is over before the lease is. */
    private static final Duration RENEW_DEADLINE = Duration.ofSeconds(8);

    /** Of one attempt that is not repeated: a request that hangs must not hide that the lease has run out. */
    private static final RequestConfig QUICK = new RequestConfigBuilder()
            .withRequestTimeout(2_000)
            .withRequestRetryBackoffLimit(0)
            .build();

    private final CompletableFuture<Void> gained = new CompletableFuture<>();
    private final CompletableFuture<Void> lost = new CompletableFuture<>();
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("lease-", 0).factory());
    private final LeaderElector elector;
    private final CompletableFuture<?> election;
    private volatile boolean closing;

    private Leadership(KubernetesClient client, String namespace, String name, String identity) {
        var callbacks = new LeaderCallbacks(
                () -> gained.complete(null),
                this::over,
                leader -> LOG.info("the operator that leads is {}{}", leader, identity.equals(leader) ? ", me" : ""));
        elector = new LeaderElector(
                client.newClient(QUICK).adapt(KubernetesClient.class),
                new LeaderElectionConfig(
                        new SturdyLeaseLock(namespace, name, identity),
                        LEASE,
                        RENEW_DEADLINE,
                        RETRY,
                        callbacks,
                        false,
                        name),
                threads);
        election = elector.start();
        election.whenComplete((_, _) -> over());
    }

    private void over() {
        if (!closing) {
            lost.complete(null);
        }
    }

    /**
     * Begins to ask for the lease.
     *
     * @param identity of the holder: tells this process from every other
     */
    public static Leadership strive(KubernetesClient client, String namespace, String name, String identity) {
        return new Leadership(client, namespace, name, identity);
    }

    /** Done when this process leads. */
    public CompletableFuture<Void> gained() {
        return gained;
    }

    /** Done when it leads no longer and has not been closed; it never leads again. */
    public CompletableFuture<Void> lost() {
        return lost;
    }

    /** Gives the lease back, so that the next operator leads at once, and asks for it no longer. */
    @Override
    public void close() {
        closing = true;
        try {
            elector.release();
        } catch (KubernetesClientException e) {
            LOG.warn("the lease was not released; the next operator waits until it expires: {}", e.getMessage());
        }
        election.cancel(true);
        threads.shutdownNow();
    }
}
