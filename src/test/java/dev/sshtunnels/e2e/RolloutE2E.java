package dev.sshtunnels.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sshtunnels.api.ConditionType;
import dev.sshtunnels.api.Reason;
import dev.sshtunnels.faults.Covers;
import dev.sshtunnels.faults.Incident;
import dev.sshtunnels.faults.Row;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@DisplayName("Agents that come and go are not felt by new connections")
class RolloutE2E {
    private static final int REMOTE_PORT = 18090;

    @RegisterExtension
    static final TestNamespace namespace = new TestNamespace("rollout");

    @BeforeAll
    static void startsWithAServerOfOneAgentAndOneOfTwo() {
        String one = Manifests.Server.bastion("one", namespace.onPrem()).yaml();
        String two = Manifests.Server.bastion("two", namespace.onPrem()).yaml() + "  agent: {replicas: 2}\n---\n";
        namespace.apply(one + "---\n" + two + Manifests.database("one-db", "one") + "\n"
                + Manifests.database("two-db", "two") + "\n" + Manifests.web("published", "one", REMOTE_PORT));
        namespace.tunnel("one-db").becomesReady();
        namespace.tunnel("two-db").becomesReady();
        namespace.tunnel("published").becomesReady();
        namespace.kubectl().ask("rollout", "status", "deployment/two-ssh", "--timeout=60s");
    }

    @Test
    @Covers(Row.F61)
    void noNewConnectionFailsWhileTheOnlyAgentIsReplaced() throws Exception {
        try (ClientShell client = namespace.client().shell()) {
            client.tell(ClientShell.connectUntilTold(address("one-db"), 5432));

            Incident.of(Row.F61, "the only agent of a server is replaced")
                    .inject("`kubectl rollout restart`", () -> restart("one"))
                    .shows("no new connection fails", Duration.ofSeconds(90), () -> goneButOne("one"))
                    .passed();

            assertThat(client.ask("stop")).matches("good [1-9][0-9]+ bad 0");
        }
        assertThat(namespace.tunnel("one-db").isReady()).isTrue();
    }

    @Test
    @Covers(Row.F62)
    void aRemotePortChangesHandsWhileTheOnlyAgentIsReplaced() throws Exception {
        try (PortWatch clients = new PortWatch(namespace.onPrem().get("BASTION_ADDRESS"), REMOTE_PORT)) {
            String former = pods("one");
            Incident rollout = Incident.of(Row.F62, "the only agent of a server is replaced")
                    .inject("`kubectl rollout restart`", () -> restart("one"));
            await("the former agent is gone")
                    .atMost(Duration.ofSeconds(90))
                    .until(() -> goneButOne("one") && !pods("one").equals(former));

            rollout.showed("no answer at the remote port", clients.longestSilence(), Duration.ofSeconds(3))
                    .passed();
        }
        assertThat(namespace.tunnel("published").isReady()).isTrue();
        assertThat(namespace.kubectl().ask("logs", "deployment/one-ssh"))
                .contains(Reason.RemotePortInUse.name())
                .doesNotContain(Reason.RemotePortHeldByStaleSession.name());
    }

    @Test
    @Covers(Row.F59)
    void noNewConnectionFailsWhenOneOfTwoPodsIsDeleted() throws Exception {
        try (ClientShell client = namespace.client().shell()) {
            client.tell(ClientShell.connectUntilTold(address("two-db"), 5432));
            String victim = pods("two").lines().findFirst().orElseThrow();

            Incident.of(Row.F59, "one of two agents")
                    .inject(
                            "`kubectl delete pod`",
                            () -> namespace.kubectl().ask("delete", victim, "--wait=true", "--timeout=60s"))
                    .shows(
                            "no new connection fails",
                            Duration.ofSeconds(90),
                            () -> !pods("two").contains(victim))
                    .passed();

            assertThat(client.ask("stop")).matches("good [1-9][0-9]+ bad 0");
        }
    }

    @Test
    @Covers(Row.F58)
    void anAgentThatCrashesIsBackByItself() throws Exception {
        String address = address("one-db");
        try (ClientShell client = namespace.client().shell()) {
            Incident.of(Row.F58, "the only agent of a server")
                    .inject(
                            "SIGSEGV",
                            () -> namespace
                                    .kubectl()
                                    .run("exec", "deployment/one-ssh", "--", "sh", "-c", "kill -SEGV 1"))
                    .shows(
                            "new connections fail",
                            Duration.ofSeconds(5),
                            () -> !client.ask(ClientShell.firstByte(address, 5432))
                                    .equals("N"))
                    .recovers(
                            Duration.ofSeconds(20),
                            () -> client.ask(ClientShell.firstByte(address, 5432))
                                    .equals("N"))
                    .passed();
        }
        await().untilAsserted(() -> assertThat(namespace.server("one").message(ConditionType.WorkloadAvailable))
                .contains("was started again after the agent ended with exit code"));
    }

    private static void restart(String server) {
        namespace.kubectl().ask("rollout", "restart", "deployment/" + server + "-ssh");
        namespace.kubectl().ask("rollout", "status", "deployment/" + server + "-ssh", "--timeout=60s");
    }

    private static boolean goneButOne(String server) {
        return pods(server).lines().count() == 1;
    }

    private static String pods(String server) {
        return namespace.kubectl().ask("get", "pods", "-l", "sshtunnels.dev/server=" + server, "-o", "name");
    }

    private static String address(String service) {
        return namespace.kubectl().ask("get", "service", service, "-o", "jsonpath={.spec.clusterIP}");
    }
}
