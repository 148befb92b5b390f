package dev.sshtunnels.operator.reconcile;

import io.fabric8.kubernetes.api.model.HasMetadata;

/** An object of the wanted name exists and is somebody else's; it was not touched. */
final class ForeignObjectException extends Exception {

    ForeignObjectException(HasMetadata object) {
        super(object.getKind() + " " + object.getMetadata().getName() + " exists already and was not made for this "
                + "object; it is left alone. Choose another name or remove it");
    }
}
