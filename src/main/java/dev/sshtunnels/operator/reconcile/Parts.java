package dev.sshtunnels.operator.reconcile;

import dev.sshtunnels.operator.desired.AgentImage;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.time.Clock;

/**
 * What both reconcilers are made of.
 *
 * @param fieldManager owner of the fields that are applied
 */
public record Parts(
        KubernetesClient client,
        KubernetesSerialization serialization,
        AgentImage image,
        String fieldManager,
        Clock clock) {

    Applier applier() {
        return new Applier(client, fieldManager);
    }

    TransitionEvents events() {
        return new TransitionEvents(client, fieldManager, clock);
    }
}
