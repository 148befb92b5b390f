package dev.sshtunnels.operator.reconcile;

import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.Optional;

/** A namespace that is being deleted takes nothing new, and what is still in it is about to go. */
final class LeavingNamespace {
    /** {@code NamespaceTerminatingCause} of k8s.io/api/core/v1. */
    private static final String CAUSE = "NamespaceTerminating";

    private LeavingNamespace() {}

    /** Whether that is why the API server refused. */
    static boolean refused(KubernetesClientException e) {
        return e.getCode() == HttpURLConnection.HTTP_FORBIDDEN
                && Optional.ofNullable(e.getStatus())
                        .map(Status::getDetails)
                        .filter(details -> details.getCauses() != null)
                        .filter(details ->
                                details.getCauses().stream().anyMatch(cause -> CAUSE.equals(cause.getReason())))
                        .isPresent();
    }
}
