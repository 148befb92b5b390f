package dev.sshtunnels.e2e;

import static dev.sshtunnels.e2e.Manifests.database;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sshtunnels.faults.Covers;
import dev.sshtunnels.faults.Incident;
import dev.sshtunnels.faults.Row;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("What the operator is not needed for, and may not do")
class WithoutOperatorE2E {

    private static final Duration RECONNECTED = Duration.ofSeconds(3);
    /** From a pod's deletion, with the time in which it drains. */
    private static final Duration REPLACED = Duration.ofSeconds(30);
    /** From the operator's return until the status is right. */
    private static final Duration KNOWN = Duration.ofSeconds(15);

    @RegisterExtension
    static final TestNamespace namespace = new TestNamespace("alone");

    @BeforeAll
    static void startsWithOneTunnel() {
        String server = Manifests.Server.bastion("bastion", namespace.onPrem()).yaml();
        namespace.apply(server + database("orders-db", "bastion"));
        namespace.tunnel("orders-db").becomesReady();
    }

    @Test
    @Covers(Row.F63)
    void tunnelsWorkReconnectAndRestartWhileTheOperatorIsAwayAndItsReturnCutsNothing() throws Exception {
        try (BastionSshd sshd = namespace.onPrem().sshd();
                ClientShell client = namespace.client().shell();
                PsqlSession open = namespace.client().openPsql("orders-db", 5432)) {
            namespace.apply(
                    Manifests.Server.of("tried", namespace.onPrem(), sshd).yaml() + database("tried-db", "tried"));
            namespace.tunnel("tried-db").becomesReady();
            String address = namespace.kubectl().ask("get", "service", "tried-db", "-o", "jsonpath={.spec.clusterIP}");
            String pods = pods("bastion");
            String backend = open.backend();
            namespace.operator().stop();
            try {
                assertThat(namespace.client().psql("orders-db", 5432, "select count(*) from orders"))
                        .isEqualTo("3");
                // waits for an operator, and disturbs nobody meanwhile
                namespace.apply(database("meanwhile", "bastion"));
                theServerIsRestarted(sshd, client, address);
                thePodIsDeleted(client, address);
                sshd.stop();
            } finally {
                namespace.operator().start();
            }
            await().atMost(KNOWN).until(() -> !namespace.tunnel("tried-db").isReady());
            namespace.tunnel("meanwhile").becomesReady();

            assertThat(open.backend()).isEqualTo(backend);
            assertThat(pods("bastion")).isEqualTo(pods);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"get", "list", "watch", "create", "update", "patch", "delete"})
    void theOperatorHasNoVerbOnSecrets(String verb) {
        assertThat(namespace.operator().may("list", "configmaps")).isTrue();
        assertThat(namespace.operator().may(verb, "secrets")).isFalse();
    }

    @Test
    void anAgentHasNoApiToken() {
        Script.Result token = namespace
                .kubectl()
                .run("exec", "deployment/bastion-ssh", "--", "ls", "/var/run/secrets/kubernetes.io/serviceaccount");

        assertThat(token.succeeded()).isFalse();
        assertThat(token.errors()).contains("No such file or directory");
    }

    private static void theServerIsRestarted(BastionSshd sshd, ClientShell client, String address) throws Exception {
        String ready = readySince("tried");
        Incident.of(Row.F63, "meanwhile sshd is restarted")
                .inject("sshd and the processes of its sessions are ended", sshd::stop)
                .end(sshd::run)
                .recovers(RECONNECTED, () -> works(client, address))
                .passed();
        assertThat(readySince("tried")).as("the Service kept the pod").isEqualTo(ready);
    }

    private static void thePodIsDeleted(ClientShell client, String address) throws Exception {
        String victim = pods("tried");
        Incident.of(Row.F63, "meanwhile the agent's pod is deleted")
                .inject(
                        "`kubectl delete pod`",
                        () -> namespace.kubectl().ask("delete", victim, "--wait=true", "--timeout=60s"))
                .recovers(REPLACED, () -> works(client, address))
                .passed();
        assertThat(pods("tried")).isNotEmpty().isNotEqualTo(victim);
    }

    private static boolean works(ClientShell client, String address) {
        return client.ask(ClientShell.firstByte(address, 5432)).equals("N");
    }

    private static String readySince(String server) {
        String condition = "jsonpath={.items[*].status.conditions[?(@.type=='Ready')].lastTransitionTime}";
        return namespace.kubectl().ask("get", "pods", "-l", "sshtunnels.dev/server=" + server, "-o", condition);
    }

    private static String pods(String server) {
        return namespace.kubectl().ask("get", "pods", "-l", "sshtunnels.dev/server=" + server, "-o", "name");
    }
}
