package dev.sshtunnels.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sshtunnels.operator.kinds.SshServer;
import dev.sshtunnels.operator.kinds.SshTunnel;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ResourceQuota;
import io.fabric8.kubernetes.api.model.Service;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A child that the API server does not take, for now, is told in the status, and made once it is taken. */
class RefusedChildrenIT extends OperatorScenario {

    private static final Duration TOLD = Duration.ofSeconds(10);
    /** The longest pause between two attempts is 20 s. */
    private static final Duration MADE = Duration.ofSeconds(30);

    @AfterEach
    void allow() {
        workspace.delete(ResourceQuota.class, "none");
    }

    @Test
    void aDeployment() {
        forbid("count/deployments.apps");
        workspace.apply(server("bastion"), tunnel("orders", "bastion", 5432));

        await().atMost(TOLD)
                .untilAsserted(() -> assertThat(condition(workspace.get(SshServer.class, "bastion"), "Ready"))
                        .returns("QuotaExceeded", Condition::getReason)
                        .satisfies(ready -> assertThat(ready.getMessage())
                                .contains("deployments.apps \"bastion-ssh\" is forbidden", "exceeded quota")));
        await().atMost(TOLD)
                .untilAsserted(() -> assertThat(condition(workspace.get(SshTunnel.class, "orders"), "Ready")
                                .getReason())
                        .isEqualTo("QuotaExceeded"));

        allow();
        await().atMost(MADE)
                .untilAsserted(() -> assertThat(condition(workspace.get(SshServer.class, "bastion"), "Ready")
                                .getReason())
                        .isEqualTo("Unschedulable"));
    }

    @Test
    void aService() {
        workspace.apply(server("open"));
        forbid("count/services");
        workspace.apply(tunnel("hidden", "open", 5432));

        await().atMost(TOLD)
                .untilAsserted(() -> assertThat(condition(workspace.get(SshTunnel.class, "hidden"), "Exposed"))
                        .returns("NoReadyEndpoints", Condition::getReason)
                        .satisfies(exposed -> assertThat(exposed.getMessage())
                                .contains("Service hidden", "services \"hidden\" is forbidden: exceeded quota")));

        allow();
        await().atMost(MADE).until(() -> workspace.find(Service.class, "hidden") != null);
        await().untilAsserted(() -> assertThat(condition(workspace.get(SshTunnel.class, "hidden"), "Exposed")
                        .getMessage())
                .doesNotContain("forbidden"));
    }

    private void forbid(String what) {
        workspace.apply("""
                apiVersion: v1
                kind: ResourceQuota
                metadata: {name: none}
                spec: {hard: {%s: 0}}
                """.formatted(what));
        // The quota counts from when its controller has looked.
        await().until(() ->
                workspace.get(ResourceQuota.class, "none").getStatus().getHard() != null
                        && workspace
                                .get(ResourceQuota.class, "none")
                                .getStatus()
                                .getHard()
                                .containsKey(what));
    }
}
