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

    SturdyLeaseLock(String namespace, String name, String identity) {
        super(namespace, name, identity);
    }

    @Override
    public synchronized LeaderElectionRecord get(KubernetesClient client) {
        try {
            return super.get(client);
        } catch (KubernetesClientException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new KubernetesClientException("the lease is not as an operator writes it; delete it", e);
        }
    }
}
