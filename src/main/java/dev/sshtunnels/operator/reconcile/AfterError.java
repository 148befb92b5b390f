package dev.sshtunnels.operator.reconcile;

import dev.sshtunnels.operator.follow.TextLimits;
import dev.sshtunnels.operator.kinds.Api;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.StatusDetails;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.OperatorException;
import io.javaoperatorsdk.operator.api.reconciler.ErrorStatusUpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/** What follows when the API server did not take something that a reconciliation wrote. */
final class AfterError {
    /** {@code NamespaceTerminatingCause} of k8s.io/api/core/v1: such a namespace takes nothing new. */
    private static final String TERMINATING = "NamespaceTerminating";

    private static final Duration CATCH_UP = Duration.ofMillis(100);

    private AfterError() {}

    /**
     * Nothing more, for what is gone; soon another look, where the cache is behind what has been written; else a status
     * that says what was refused, beside everything else that is known, and another attempt.
     *
     * @param error as it was thrown, or within an exception of JOSDK
     * @param report makes the status, from the API server's words
     */
    static <T extends HasMetadata> ErrorStatusUpdateControl<T> of(
            Exception error, Function<String, UpdateControl<T>> report) {
        Throwable thrown = error instanceof OperatorException && error.getCause() != null ? error.getCause() : error;
        if (!(thrown instanceof KubernetesClientException e)) {
            return ErrorStatusUpdateControl.defaultErrorProcessing();
        }
        if (isGone(e)) {
            return ErrorStatusUpdateControl.<T>noStatusUpdate().withNoRetry();
        }
        if (e.getCode() == HttpURLConnection.HTTP_CONFLICT) {
            return ErrorStatusUpdateControl.<T>noStatusUpdate().withNoRetry().rescheduleAfter(CATCH_UP);
        }
        return words(e).flatMap(words -> report.apply(words).getResource())
                .map(ErrorStatusUpdateControl::patchStatus)
                .orElseGet(ErrorStatusUpdateControl::defaultErrorProcessing);
    }

    /** Whether it was refused because the object, or its namespace, is deleted: nobody is left to read about it. */
    static boolean isGone(KubernetesClientException e) {
        Optional<StatusDetails> details = Optional.ofNullable(e.getStatus()).map(Status::getDetails);
        return switch (e.getCode()) {
            case HttpURLConnection.HTTP_NOT_FOUND ->
                details.filter(AfterError::isOwnerOrNamespace).isPresent();
            case HttpURLConnection.HTTP_FORBIDDEN ->
                details.map(StatusDetails::getCauses).stream()
                        .flatMap(causes -> causes.stream())
                        .anyMatch(cause -> TERMINATING.equals(cause.getReason()));
            default -> false;
        };
    }

    /** A child that is missing is another matter, and so is a kind that is not served: that answer has no name. */
    private static boolean isOwnerOrNamespace(StatusDetails details) {
        return details.getName() != null
                && (Api.GROUP.equals(details.getGroup()) || "namespaces".equals(details.getKind()));
    }

    /** Empty when the API server has not answered: then it takes no status either. */
    private static Optional<String> words(KubernetesClientException e) {
        return Optional.ofNullable(e.getStatus()).map(Status::getMessage).map(TextLimits::text);
    }
}
