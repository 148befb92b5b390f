package dev.sshtunnels.operator.reconcile;

import dev.sshtunnels.operator.desired.Labels;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes new documents arrive at once: the kubelet brings a changed ConfigMap into a running pod with its next full
 * synchronisation, up to a minute or more later, but synchronises a pod immediately when the pod's own metadata change.
 */
final class DocumentNotice {
    private static final Logger LOG = LoggerFactory.getLogger(DocumentNotice.class);

    private final MergePatch patch;

    DocumentNotice(KubernetesClient client, String fieldManager) {
        this.patch = new MergePatch(client, fieldManager);
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
        try {
            patch.apply(pod, Map.of("metadata", Map.of("annotations", Map.of(Labels.DOCUMENTS_HASH, hash))));
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
