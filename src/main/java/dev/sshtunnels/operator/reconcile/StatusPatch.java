package dev.sshtunnels.operator.reconcile;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;

/**
 * A status is applied as an object that holds nothing else, so that nothing else becomes the operator's. It has the uid,
 * so that the API server refuses (409) what is about a former object of this name.
 */
final class StatusPatch {

    private StatusPatch() {}

    /** Metadata of the object to send. */
    static ObjectMeta identity(HasMetadata object) {
        return new ObjectMetaBuilder()
                .withName(object.getMetadata().getName())
                .withNamespace(object.getMetadata().getNamespace())
                .withUid(object.getMetadata().getUid())
                .build();
    }
}
