package dev.sshtunnels.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sshtunnels.faults.Covers;
import dev.sshtunnels.faults.Incident;
import dev.sshtunnels.faults.Row;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@DisplayName("A namespace that is deleted and made anew")
class NamespaceAnewE2E {

    private static final int PORT = 7078;
    private static final Duration BOUND = Duration.ofSeconds(60);

    @RegisterExtension
    static final TestNamespace namespace = new TestNamespace("anew");

    @Test
    @Covers(Row.F78)
    void itsRemotePortIsFreeAndItsTunnelWorksAgainAndTheOperatorComplainsOfNothing() throws Exception {
        try (BastionSshd sshd = namespace.onPrem().sshd()) {
            String manifest =
                    Manifests.Server.of("bastion", namespace.onPrem(), sshd).yaml()
                            + Manifests.published("published", "bastion", PORT);
            namespace.apply(manifest);
            namespace.tunnel("published").becomesReady();
            assertThat(listens()).isTrue();

            Incident.of(Row.F78, "with a remote forward that is up")
                    .inject(
                            "`kubectl delete namespace`; then all manifests are applied again",
                            () -> namespace.kubectl().ask("delete", "namespace", namespace.name(), "--wait=false"))
                    .shows("the remote port is free", BOUND, () -> !listens())
                    .end(() -> {
                        await().atMost(BOUND).until(namespace::isGone);
                        namespace.make();
                        namespace.apply(manifest);
                    })
                    .recovers(BOUND, () -> namespace.tunnel("published").isReady())
                    .passed();
            assertThat(listens()).isTrue();
        }
        assertThat(namespace.operator().log().lines())
                .filteredOn(line -> line.contains(namespace.name()))
                .noneMatch(line -> line.contains("\"level\":\"ERROR\"") || line.contains("\"level\":\"WARN\""));
    }

    private static boolean listens() {
        return namespace.onPrem().bastionListens(PORT);
    }
}
