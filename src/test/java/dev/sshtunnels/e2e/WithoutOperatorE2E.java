package dev.sshtunnels.e2e;

import static dev.sshtunnels.e2e.Manifests.database;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("What the operator is not needed for, and may not do")
class WithoutOperatorE2E {

    @RegisterExtension
    static final TestNamespace namespace = new TestNamespace("alone");

    @BeforeAll
    static void startsWithOneTunnel() {
        String server = Manifests.Server.bastion("bastion", namespace.onPrem()).yaml();
        namespace.apply(server + database("orders-db", "bastion"));
        namespace.tunnel("orders-db").becomesReady();
    }

    @Test
    void tunnelsWorkWhileTheOperatorIsAwayAndItsReturnCutsNothing() {
        String pods = pods();
        try (PsqlSession open = namespace.client().openPsql("orders-db", 5432)) {
            String backend = open.backend();
            namespace.operator().stop();
            try {
                assertThat(namespace.client().psql("orders-db", 5432, "select count(*) from orders"))
                        .isEqualTo("3");
                // waits for an operator, and disturbs nobody meanwhile
                namespace.apply(database("meanwhile", "bastion"));
            } finally {
                namespace.operator().start();
            }
            namespace.tunnel("meanwhile").becomesReady();

            assertThat(open.backend()).isEqualTo(backend);
            assertThat(pods()).isEqualTo(pods);
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

    private static String pods() {
        return namespace.kubectl().ask("get", "pods", "-l", "sshtunnels.dev/server=bastion", "-o", "name");
    }
}
