package dev.sshtunnels.e2e;

import static dev.sshtunnels.api.ConditionType.Accepted;
import static dev.sshtunnels.api.ConditionType.ForwardsReady;
import static dev.sshtunnels.api.ConditionType.TargetReachable;
import static dev.sshtunnels.e2e.Manifests.database;
import static dev.sshtunnels.e2e.Manifests.published;
import static dev.sshtunnels.e2e.Manifests.tunnel;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sshtunnels.api.Reason;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A forward that cannot work says why and leaves everything else alone")
class BadForwardE2E {

    @RegisterExtension
    static final TestNamespace namespace = new TestNamespace("forward");

    @BeforeAll
    static void startsWithOneServer() {
        namespace.apply(Manifests.Server.bastion("bastion", namespace.onPrem()).yaml());
        namespace.server("bastion").becomesReady();
    }

    @Test
    void aRemotePortInUseIsNamedAndTakenWhenItBecomesFree() {
        try (BastionSshd occupant = namespace.onPrem().sshd()) {
            namespace.apply(published("occupied", "bastion", occupant.port()));

            assertThat(namespace.tunnel("occupied").becomesFalse(ForwardsReady, Reason.RemotePortInUse))
                    .contains(Integer.toString(occupant.port()));
        }
        namespace.tunnel("occupied").becomesReady();
    }

    @Test
    void aServerThatProhibitsForwardingIsTheReason() {
        try (BastionSshd strict = namespace.onPrem().sshd("AllowTcpForwarding no")) {
            namespace.apply(
                    Manifests.Server.of("strict", namespace.onPrem(), strict).yaml()
                            + published("no-remote", "strict", 18091)
                            + database("no-local", "strict"));

            namespace.tunnel("no-remote").becomesFalse(ForwardsReady, Reason.ForwardingProhibited);
            namespace.tunnel("no-local").becomes(ForwardsReady, "True", Reason.AllForwardsReady);
            assertThat(namespace.client().read("no-local", 5432)).isEmpty();
            namespace.tunnel("no-local").becomes(TargetReachable, "False", Reason.TargetProhibited);
        }
    }

    @Test
    void aTargetThatRefusesShowsWithTheFirstConnection() {
        namespace.apply(tunnel("refused", "bastion", """
                mode: L
                target: {host: db.onprem.example, port: 5431}
                """));
        namespace.tunnel("refused").becomesReady();

        assertThat(namespace.client().read("refused", 5431)).isEmpty();

        namespace.tunnel("refused").becomes(TargetReachable, "False", Reason.TargetRefused);
        assertThat(namespace.tunnel("refused").message(TargetReachable)).contains("db.onprem.example:5431");
    }

    @Test
    void aForeignServiceOfTheSameNameStaysAsItIs() {
        namespace.apply("""
                apiVersion: v1
                kind: Service
                metadata: {name: taken}
                spec: {ports: [{port: 80}], selector: {app: somebody-elses}}
                """);
        String before = spec("taken");

        namespace.apply(database("taken", "bastion"));

        assertThat(namespace.tunnel("taken").becomesFalse(Accepted, Reason.ServiceNameTaken))
                .contains("taken");
        assertThat(spec("taken")).isEqualTo(before);
        namespace.tunnel("taken").delete();
        assertThat(spec("taken")).isEqualTo(before);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
                    access.networkPolicy  | access: {networkPolicy: {enabled: true}}
                    expireAt              | expireAt: 2030-01-01T00:00:00Z
                    dnsNames              | dnsNames: [db.onprem.example]
                    probe.remote.host     | probe: {remote: {host: 192.0.2.10}}
                    """)
    void aFieldThatIsNotSupportedYetIsNamed(String field, String line) {
        String name = "unsupported-" + field.toLowerCase().replace('.', '-');
        namespace.apply(database(name, "bastion") + "  " + line + "\n");

        assertThat(namespace.tunnel(name).becomesFalse(Accepted, Reason.NotSupportedYet))
                .contains(field.split("\\.")[0]);
    }

    @Test
    void anInvalidEditKeepsTheLastGoodTunnelRunning() {
        namespace.apply(database("edited", "bastion"));
        namespace.tunnel("edited").becomesReady();
        try (PsqlSession open = namespace.client().openPsql("edited", 5432)) {
            String backend = open.backend();

            namespace.apply(database("edited", "bastion") + "  expireAt: 2030-01-01T00:00:00Z\n");
            namespace.tunnel("edited").becomes(Accepted, "False", Reason.NotSupportedYet);

            assertThat(open.backend()).isEqualTo(backend);
            assertThat(namespace.client().psql("edited", 5432, "select 1")).isEqualTo("1");

            namespace.apply(database("edited", "bastion"));
            namespace.tunnel("edited").becomes(Accepted, "True", Reason.Accepted);
            assertThat(open.backend()).isEqualTo(backend);
        }
    }

    private static String spec(String service) {
        return namespace.kubectl().ask("get", "service", service, "-o", "jsonpath={.metadata.uid}{.spec}");
    }
}
