package dev.sshtunnels.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sshtunnels.testing.Cluster;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(Cluster.class)
class LeaderElectionIT {

    private static final Duration START = Duration.ofSeconds(60);

    @Test
    void operatorThatEndsHandsTheLeaseToTheOneThatStandsBy(KubernetesClient cluster, @TempDir Path directory)
            throws Exception {
        try (Workspace workspace = Workspace.create(cluster, "lease");
                var first = OperatorOfTheDistribution.electing(
                        workspace.namespace(), cluster.getConfiguration(), directory)) {
            await().atMost(START).until(() -> !holder(workspace).isEmpty());
            String leader = holder(workspace);
            try (var second =
                    OperatorOfTheDistribution.electing(workspace.namespace(), cluster.getConfiguration(), directory)) {
                assertThat(first.end()).isZero();
                // Left to itself, it would stay in the lease for 15 s.
                assertThat(holder(workspace)).isNotEqualTo(leader);
                await().atMost(START).until(() -> !holder(workspace).isEmpty());
                assertThat(second.end()).isZero();
            }
        }
    }

    private static String holder(Workspace workspace) {
        Lease lease = workspace.find(Lease.class, "ssh-tunnel-operator");
        return lease == null || lease.getSpec().getHolderIdentity() == null
                ? ""
                : lease.getSpec().getHolderIdentity();
    }
}
