package dev.sshtunnels.operator.reconcile;

import dev.sshtunnels.operator.desired.Labels;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.HttpURLConnection;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes new documents arrive at once: the kubelet brings a changed ConfigMap into a running pod with its next full
 * synchronisation, up to a minute or more later, but synchronises a pod immediately when the pod's own metadata change.
 */
final class DocumentNotice {
    private static final Logger LOG = LoggerFactory.getLogger(DocumentNotice.class);

    private final KubernetesClient client;
    private final PatchContext patch;

    DocumentNotice(KubernetesClient client, String fieldManager) {
        this.client = client;
        this.patch = new PatchContext.Builder()
                .withPatchType(PatchType.JSON_MERGE)
                .withFieldManager(fieldManager)
                .build();
    }

    /** Tells the pods that have not been told of these documents yet. */
    void give(List<Pod> pods, String documentsHash) {
        pods.stream()
                .filter(pod -> !documentsHash.equals(annotation(pod)))
                .forEach(pod -> annotate(pod, documentsHash));
    }

    private static String annotation(Pod pod) {
        return pod.getMetadata().getAnnotations() == null
                ? null
                : pod.getMetadata().getAnnotations().get(Labels.DOCUMENTS_HASH);
    }

    private void annotate(Pod pod, String hash) {
        String annotation = "{\"metadata\":{\"annotations\":{\"" + Labels.DOCUMENTS_HASH + "\":\"" + hash + "\"}}}";
        try {
            client.resource(pod).patch(patch, annotation);
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_NOT_FOUND) {
                // Without it the kubelet takes a minute longer, and all else goes on.
                LOG.warn(
                        "pod {} not told of its new documents: {}",
                        pod.getMetadata().getName(),
                        e.getMessage());
            }
        }
    }
}
