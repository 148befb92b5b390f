package dev.sshtunnels.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sshtunnels.operator.kinds.SshServer;
import dev.sshtunnels.operator.kinds.SshTunnel;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** New servers whose children cannot be made: nothing runs, and their tunnels say why. */
class RefusedServerIT extends OperatorScenario {

    @Test
    void aForeignConfigMapIsLeftAloneAndNamedUntilItIsGone() {
        workspace.apply("""
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: taken-ssh}
                data: {some: thing}
                """);
        String version = version(ConfigMap.class, "taken-ssh");

        workspace.apply(server("taken"), tunnel("waits", "taken", 5432));

        // Until nothing is left to do: what comes after it, the operator has to look for.
        await().during(Duration.ofSeconds(1))
                .untilAsserted(() -> isNotAccepted("taken", "ServerNameTaken", "waits", "ConfigMap taken-ssh exists"));
        assertThat(version(ConfigMap.class, "taken-ssh")).isEqualTo(version);

        workspace.delete(ConfigMap.class, "taken-ssh");
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(condition(workspace.get(SshServer.class, "taken"), "Accepted")
                                .getReason())
                        .isEqualTo("Accepted"));
    }

    @Test
    void aDeploymentThatTheApiServerRefusesIsNotSaidToRun() {
        String invalid = "template: {tolerations: [{key: some, operator: Nonsense}]}}";

        workspace.apply(server("refused").replaceAll("template: .*}", invalid), tunnel("follows", "refused", 5432));

        await().untilAsserted(() -> isNotAccepted("refused", "InvalidSpec", "follows", "Nonsense"));
        workspace.isGone(Deployment.class, "refused-ssh");
    }

    private void isNotAccepted(String server, String reason, String tunnel, String cause) {
        Condition accepted = condition(workspace.get(SshServer.class, server), "Accepted");
        assertThat(accepted.getReason()).isEqualTo(reason);
        assertThat(accepted.getMessage()).contains(cause).doesNotContain("keeps running");

        SshTunnel carried = workspace.get(SshTunnel.class, tunnel);
        assertThat(condition(carried, "Ready").getReason()).isEqualTo("ServerNotAccepted");
        assertThat(condition(carried, "Stalled").getMessage()).contains(cause);
    }
}
