package dev.sshtunnels.operator.reconcile;

import dev.sshtunnels.operator.kinds.Api;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.StatusDetails;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.OperatorException;
import io.javaoperatorsdk.operator.api.reconciler.ErrorStatusUpdateControl;
import java.net.HttpURLConnection;
import java.util.Optional;

/** Errors that no later attempt mends, and nobody is left to read about: the object is deleted, or its namespace is. */
final class Leaving {
    /** {@code NamespaceTerminatingCause} of k8s.io/api/core/v1: such a namespace takes nothing new. */
    private static final String TERMINATING = "NamespaceTerminating";

    private Leaving() {}

    /**
     * What follows an error: nothing more when it is one of these, else another attempt.
     *
     * @param error as it was thrown, or within an exception of JOSDK
     */
    static <T extends HasMetadata> ErrorStatusUpdateControl<T> control(Exception error) {
        Throwable thrown = error instanceof OperatorException && error.getCause() != null ? error.getCause() : error;
        return thrown instanceof KubernetesClientException e && refused(e)
                ? ErrorStatusUpdateControl.<T>noStatusUpdate().withNoRetry()
                : ErrorStatusUpdateControl.defaultErrorProcessing();
    }

    /** Whether that is why the API server refused. */
    static boolean refused(KubernetesClientException e) {
        Optional<StatusDetails> details = Optional.ofNullable(e.getStatus()).map(Status::getDetails);
        return switch (e.getCode()) {
            case HttpURLConnection.HTTP_NOT_FOUND ->
                details.filter(Leaving::ownerOrNamespace).isPresent();
            case HttpURLConnection.HTTP_FORBIDDEN ->
                details.map(StatusDetails::getCauses).stream()
                        .flatMap(causes -> causes.stream())
                        .anyMatch(cause -> TERMINATING.equals(cause.getReason()));
            default -> false;
        };
    }

    /** A child that is missing is another matter, and so is a kind that is not served: that answer has no name. */
    private static boolean ownerOrNamespace(StatusDetails details) {
        return details.getName() != null
                && (Api.GROUP.equals(details.getGroup()) || "namespaces".equals(details.getKind()));
    }
}
