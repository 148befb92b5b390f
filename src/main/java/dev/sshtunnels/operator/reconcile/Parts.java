package dev.sshtunnels.operator.reconcile;

import dev.sshtunnels.operator.desired.AgentImage;
import dev.sshtunnels.operator.metrics.ResourceCounts;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.time.Clock;

/**
 * What both reconcilers are made of.
 *
 * @param fieldManager owner of the fields that are applied
 * @param counts is told where each kind can be counted
 */
public record Parts(
        KubernetesClient client,
        KubernetesSerialization serialization,
        AgentImage image,
        String fieldManager,
        ResourceCounts counts,
        Clock clock) {

    Applier applier() {
        return new Applier(client, fieldManager);
    }

    TransitionEvents events() {
        return new TransitionEvents(client, fieldManager, clock);
    }
}
