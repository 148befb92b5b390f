package dev.sshtunnels.operator.reconcile;

import dev.sshtunnels.api.Reason;
import dev.sshtunnels.tunnel.Finding;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import java.time.Duration;
import java.util.Optional;

/** Tells what a user can mend from what only time mends, when children are applied. */
final class Refusal {
    /** The API server found the object itself wrong: what the user wrote into it. */
    private static final int UNPROCESSABLE = 422;

    /** A foreign object that goes away tells nobody. */
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(15);

    private Refusal() {}

    interface Work {
        void run() throws ForeignObjectException;
    }

    /**
     * @param taken reason for a foreign object of the same name
     * @return empty when the work was done
     * @throws KubernetesClientException for everything that a later attempt may bring about
     */
    static Optional<Finding> of(Reason taken, Work work) {
        try {
            work.run();
            return Optional.empty();
        } catch (ForeignObjectException e) {
            return Optional.of(new Finding(taken, e.getMessage()));
        } catch (KubernetesClientException e) {
            if (e.getCode() != UNPROCESSABLE) {
                throw e;
            }
            String why = e.getStatus() == null ? e.getMessage() : e.getStatus().getMessage();
            return Optional.of(
                    new Finding(Reason.InvalidSpec, "the API server refuses what follows from the spec: " + why));
        }
    }

    /** The same update, to be followed by another look when a foreign object is in the way. */
    static <P extends HasMetadata> UpdateControl<P> lookAgain(UpdateControl<P> update, Optional<Finding> rejected) {
        boolean taken = rejected.map(Finding::reason)
                .filter(reason -> reason == Reason.ServiceNameTaken || reason == Reason.ServerNameTaken)
                .isPresent();
        return taken ? update.rescheduleAfter(LOOK_AGAIN) : update;
    }
}
