package dev.sshtunnels.operator.standing;

import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the operator needs and may not do. A 403 alone does not tell: quotas, admission and namespaces that are being
 * deleted answer so, too. The API server is asked (SelfSubjectAccessReview), again and again while it says no.
 */
public final class Permissions implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Permissions.class);
    private static final Duration AGAIN = Duration.ofSeconds(5);

    private final KubernetesClient client;
    private final Set<Permission> suspected = ConcurrentHashMap.newKeySet();
    private final Set<Permission> missing = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService questions = Executors.newSingleThreadScheduledExecutor(
            Thread.ofVirtual().name("permissions").factory());

    public Permissions(KubernetesClient client) {
        this.client = client;
    }

    /** The API server has refused it, for one reason or another. */
    public void refused(Permission permission) {
        if (!permission.resource().equals("selfsubjectaccessreviews") && suspected.add(permission)) {
            ask(permission, Duration.ZERO);
        }
    }

    /** What is forbidden now, each in one line. */
    public List<String> missing() {
        return missing.stream().map(Permission::toString).sorted().toList();
    }

    private void ask(Permission permission, Duration delay) {
        try {
            questions.schedule(() -> judge(permission), delay.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException closed) {
            LOG.debug("not asked any more: {}", permission);
        }
    }

    private void judge(Permission permission) {
        try {
            if (isAllowed(permission)) {
                suspected.remove(permission);
                if (missing.remove(permission)) {
                    LOG.info("the operator may again: {}", permission);
                }
                return;
            }
            if (missing.add(permission)) {
                LOG.warn("the operator is forbidden to {}; it goes on by itself when its role allows it", permission);
            }
        } catch (KubernetesClientException e) {
            LOG.debug("whether this is allowed is not known: {}", permission, e);
        }
        ask(permission, AGAIN);
    }

    private boolean isAllowed(Permission permission) {
        SelfSubjectAccessReview question = new SelfSubjectAccessReviewBuilder()
                .withNewSpec()
                .withNewResourceAttributes()
                .withVerb(permission.verb())
                .withGroup(permission.group())
                .withResource(permission.resource())
                .withSubresource(permission.subresource())
                .withNamespace(permission.namespace())
                .endResourceAttributes()
                .endSpec()
                .build();
        return client.resource(question).create().getStatus().getAllowed();
    }

    @Override
    public void close() {
        questions.shutdownNow();
    }
}
