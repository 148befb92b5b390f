package dev.sshtunnels.operator.standing;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaderElectionRecord;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaseLock;

/**
 * A lease that cannot be read, because somebody has emptied it for example, is one more failed attempt. The elector
 * ends without a word on any exception but the client's, and the process would stand by for ever.
 */
final class SturdyLeaseLock extends LeaseLock {

    private volatile String trouble = "";

    SturdyLeaseLock(String namespace, String name, String identity) {
        super(namespace, name, identity);
    }

    @Override
    public synchronized LeaderElectionRecord get(KubernetesClient client) {
        try {
            LeaderElectionRecord found = super.get(client);
            trouble = "";
            return found;
        } catch (KubernetesClientException e) {
            trouble = "the lease cannot be read: " + (e.getCause() == null ? e : e.getCause());
            throw e;
        } catch (RuntimeException e) {
            trouble = "the lease is not as an operator writes it; delete it: " + e;
            throw new KubernetesClientException(trouble, e);
        }
    }

    /** Why the last attempt to read it failed; empty when it did not. */
    String trouble() {
        return trouble;
    }
}
