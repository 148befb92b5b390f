package dev.sshtunnels.operator.desired;

import dev.sshtunnels.operator.kinds.SshServer;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Pod;

/** Whose child an object is: children go with their owner, by garbage collection. */
public final class Owner {

    private Owner() {}

    static OwnerReference reference(HasMetadata owner) {
        return new OwnerReferenceBuilder()
                .withApiVersion(owner.getApiVersion())
                .withKind(owner.getKind())
                .withName(owner.getMetadata().getName())
                .withUid(owner.getMetadata().getUid())
                .withController(true)
                .withBlockOwnerDeletion(false)
                .build();
    }

    /** Whether this very object (by uid) controls the child. */
    public static boolean controls(HasMetadata owner, HasMetadata child) {
        return child.getMetadata().getOwnerReferences().stream()
                .anyMatch(reference -> Boolean.TRUE.equals(reference.getController())
                        && owner.getMetadata().getUid().equals(reference.getUid()));
    }

    /**
     * Whether a pod belongs to the server's Deployment. Labels alone can be copied by everybody who may make pods; a
     * pod that names a ReplicaSet which there is not is removed by garbage collection.
     */
    public static boolean deploys(SshServer server, Pod pod) {
        String prefix = Names.agents(server) + "-";
        return pod.getMetadata().getOwnerReferences().stream()
                .filter(reference -> Boolean.TRUE.equals(reference.getController()))
                .filter(reference -> "ReplicaSet".equals(reference.getKind()))
                .map(OwnerReference::getName)
                .anyMatch(name -> name.startsWith(prefix) && name.indexOf('-', prefix.length()) < 0);
    }
}
