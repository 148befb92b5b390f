package dev.sshtunnels.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sshtunnels.faults.Covers;
import dev.sshtunnels.faults.Incident;
import dev.sshtunnels.faults.Row;
import dev.sshtunnels.faults.inject.HttpFault;
import dev.sshtunnels.testing.Cluster;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(Cluster.class)
class LostLeaseIT {

    private static final Duration START = Duration.ofSeconds(60);

    /** How long a lease is good for; somebody else may lead afterwards. */
    private static final Duration LEASE = Duration.ofSeconds(15);

    @Test
    @Covers(Row.F65)
    void theOnlyOperatorLosesTheLeaseWithTheApiServerAndLeadsAgainSoonAfterItsReturn(
            KubernetesClient cluster, @TempDir Path directory) throws Exception {
        try (Installation installation = Installation.create(cluster, "lost-lease", directory)) {
            Workspace workspace = installation.workspace();
            String[] electing = {"--leader-election=true", "--lease-namespace=" + workspace.namespace()};
            OperatorOfTheDistribution first = installation.start(electing);
            workspace.apply(OperatorScenario.server("bastion"), OperatorScenario.tunnel("before", "bastion", 5432));
            await().atMost(START).until(() -> workspace.find(Service.class, "before") != null);

            Incident incident = Incident.of(Row.F65, "the API server cannot be reached for longer than a lease lasts")
                    .inject(
                            "a reverse proxy resets every connection; who ends is started again, as by the kubelet",
                            () -> {
                                installation.api().faults(_ -> new HttpFault.Reset());
                                installation.api().reset();
                            })
                    .shows("the process ends with status 1", LEASE, () -> !first.isAlive());
            assertThat(first.exitStatus()).isEqualTo(1);
            assertThat(first.log()).contains("the lease is lost");
            OperatorOfTheDistribution second = installation.start(electing);
            await().atMost(START)
                    .untilAsserted(() ->
                            assertThat(second.readiness()).startsWith("503").contains("the lease cannot be read"));
            workspace.apply(OperatorScenario.tunnel("meanwhile", "bastion", 6543));
            String former = holder(workspace);
            incident.lasts(Duration.ofSeconds(5));
            assertThat(second.isHealthy()).isTrue();

            incident.end(() -> installation.api().pass())
                    .recovers(
                            Duration.ofSeconds(30),
                            () -> workspace.find(Service.class, "meanwhile") != null
                                    && second.readiness().startsWith("200"))
                    .passed();
            assertThat(holder(workspace)).isNotEqualTo(former);
            assertThat(second.isAlive()).isTrue();
        }
    }

    private static String holder(Workspace workspace) {
        return workspace.get(Lease.class, "ssh-tunnel-operator").getSpec().getHolderIdentity();
    }
}
