package dev.sshtunnels.operator.standing;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.RequestConfig;
import io.fabric8.kubernetes.client.RequestConfigBuilder;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElectionConfig;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElector;
import java.time.Duration;
import java.util.Optional;
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
    private final KubernetesClient quick;
    private final String namespace;
    private final String name;
    private final SturdyLeaseLock lock;
    private final CompletableFuture<?> election;
    private volatile boolean closing;

    private Leadership(KubernetesClient client, String namespace, String name, String identity) {
        var callbacks = new LeaderCallbacks(
                () -> gained.complete(null),
                this::over,
                leader -> LOG.info("the operator that leads is {}{}", leader, identity.equals(leader) ? ", me" : ""));
        this.namespace = namespace;
        this.name = name;
        quick = client.newClient(QUICK).adapt(KubernetesClient.class);
        lock = new SturdyLeaseLock(namespace, name, identity);
        var elector = new LeaderElector(
                quick, new LeaderElectionConfig(lock, LEASE, RENEW_DEADLINE, RETRY, callbacks, false, name), threads);
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

    /** Why the lease cannot be asked for at present; empty when it can. */
    public Optional<String> trouble() {
        return Optional.of(lock.trouble()).filter(text -> !text.isEmpty());
    }

    /** Gives the lease back, so that the next operator leads at once, and asks for it no longer. */
    @Override
    public void close() {
        closing = true;
        election.cancel(true);
        try {
            quick.leases().inNamespace(namespace).withName(name).edit(this::withoutHolder);
        } catch (KubernetesClientException e) {
            LOG.warn("the lease was not released; the next operator waits until it expires: {}", e.getMessage());
        }
        threads.shutdownNow();
    }

    /** The elector's own way leaves the holder in place: a merge patch without a field does not change it. */
    private Lease withoutHolder(Lease lease) {
        if (lock.identity().equals(lease.getSpec().getHolderIdentity())) {
            lease.getSpec().setHolderIdentity("");
        }
        return lease;
    }
}
