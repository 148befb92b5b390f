package dev.sshtunnels.operator.reconcile;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;

/** Changes what is named of an object, and leaves all else to its owners (JSON merge patch, RFC 7386). */
final class MergePatch {
    private final KubernetesClient client;
    private final PatchContext context;

    MergePatch(KubernetesClient client, String fieldManager) {
        this.client = client;
        this.context = new PatchContext.Builder()
                .withPatchType(PatchType.JSON_MERGE)
                .withFieldManager(fieldManager)
                .build();
    }

    /**
     * @param change a map or an object, written as JSON
     * @throws KubernetesClientException when the API server does not take it
     */
    void apply(HasMetadata object, Object change) {
        client.resource(object)
                .patch(context, client.getKubernetesSerialization().asJson(change));
    }
}
