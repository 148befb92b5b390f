package dev.sshtunnels.operator.reconcile;

import dev.sshtunnels.operator.desired.Owner;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Applies children by server-side apply with one field manager, and never adopts an object: only what the owner
 * controls is changed. Applying what is there already changes nothing, not even the resource version.
 */
final class Applier {
    /**
     * With it, the API server creates an object but refuses to update one: no object has ever this version.
     */
    private static final String ONLY_CREATE = "1";

    /** The API server found the object wrong. */
    private static final int UNPROCESSABLE = 422;

    private final KubernetesClient client;
    private final String fieldManager;
    private final MergePatch patch;

    Applier(KubernetesClient client, String fieldManager) {
        this.client = client;
        this.fieldManager = fieldManager;
        this.patch = new MergePatch(client, fieldManager);
    }

    /**
     * @param known the object as the cache has it; when the cache is behind, the API server is asked
     * @throws ForeignObjectException when an object of this name is not the owner's
     */
    <T extends HasMetadata> T apply(T desired, Optional<T> known, HasMetadata owner) throws ForeignObjectException {
        if (known.isPresent()) {
            return update(desired, known.get(), owner, false);
        }
        try {
            desired.getMetadata().setResourceVersion(ONLY_CREATE);
            return send(desired);
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
                throw e;
            }
            T existing = client.resource(desired).get();
            if (existing == null) {
                throw e;
            }
            return update(desired, existing, owner, false);
        }
    }

    /**
     * As {@link #apply}, but only when the object is still what the cache has: what is decided from its content is
     * never decided from an old content. Fails with a conflict otherwise, to be tried again.
     */
    <T extends HasMetadata> T applyUnchanged(T desired, Optional<T> known, HasMetadata owner)
            throws ForeignObjectException {
        if (known.isPresent()) {
            return update(desired, known.get(), owner, true);
        }
        desired.getMetadata().setResourceVersion(ONLY_CREATE);
        try {
            return send(desired);
        } catch (KubernetesClientException e) {
            T existing = e.getCode() == HttpURLConnection.HTTP_CONFLICT
                    ? client.resource(desired).get()
                    : null;
            if (existing != null && !Owner.controls(owner, existing)) {
                throw new ForeignObjectException(existing);
            }
            if (existing != null) {
                showAgain(existing, desired);
            }
            throw e;
        }
    }

    /** Deletes exactly what the cache has, not a later object of the same name. Fails with a conflict otherwise. */
    void delete(HasMetadata object) {
        client.resource(object).lockResourceVersion().delete();
    }

    /** Somebody took from it the labels by which the cache finds it. */
    private void showAgain(HasMetadata existing, HasMetadata desired) {
        Map<String, String> labels = desired.getMetadata().getLabels();
        Map<String, String> found = existing.getMetadata().getLabels();
        if (found == null || !found.entrySet().containsAll(labels.entrySet())) {
            patch.apply(existing, Map.of("metadata", Map.of("labels", labels)));
        }
    }

    private <T extends HasMetadata> T update(T desired, T existing, HasMetadata owner, boolean unchanged)
            throws ForeignObjectException {
        if (!Owner.controls(owner, existing)) {
            throw new ForeignObjectException(existing);
        }
        desired.getMetadata().setUid(existing.getMetadata().getUid());
        desired.getMetadata()
                .setResourceVersion(unchanged ? existing.getMetadata().getResourceVersion() : null);
        try {
            return send(desired);
        } catch (KubernetesClientException e) {
            if (e.getCode() != UNPROCESSABLE) {
                throw e;
            }
            return sendOver(desired);
        }
    }

    /**
     * Puts whole lists in the place of what somebody else has made of them: when a person edits the port of a Service,
     * server-side apply adds ours beside it, and two ports of one name are refused. Refused again, it is what the user
     * wrote that is wrong.
     */
    private <T extends HasMetadata> T sendOver(T desired) {
        patch.apply(desired, desired);
        T sent = send(desired);
        disown(sent);
        return sent;
    }

    /** What the patch made the operator's a second time, an apply that leaves it out would not remove. */
    private void disown(HasMetadata sent) {
        List<ManagedFieldsEntry> others = sent.getMetadata().getManagedFields().stream()
                .filter(entry -> !(entry.getManager().equals(fieldManager)
                        && entry.getOperation().equals("Update")))
                .toList();
        patch.apply(
                sent,
                Map.of(
                        "metadata",
                        Map.of("resourceVersion", sent.getMetadata().getResourceVersion(), "managedFields", others)));
    }

    private <T extends HasMetadata> T send(T desired) {
        return client.resource(desired)
                .fieldManager(fieldManager)
                .forceConflicts()
                .serverSideApply();
    }
}
