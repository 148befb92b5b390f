package dev.sshtunnels.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sshtunnels.operator.kinds.SshServer;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Kubernetes has against a pod, or the pod against Kubernetes, is the reason within seconds. */
class WorkloadIT extends OperatorScenario {

    private static final Duration DETECTED = Duration.ofSeconds(5);

    @ParameterizedTest(name = "{1}")
    @CsvSource(delimiter = '|', textBlock = """
            nowhere  | Unschedulable       | {nodeSelector: {sshtunnels.dev/no-such: node}}             | no node takes it
            big      | QuotaExceeded       | {resources: {requests: {memory: 2Ti}}}                     | exceeded quota: memory
            insecure | PodSecurityRejected | {podSecurityContext: {runAsNonRoot: true, runAsUser: 0}}   | violates PodSecurity "restricted
            """)
    void thePodThatIsNotToBeHasIsTheReason(String name, String reason, String template, String message) {
        workspace.apply("""
                apiVersion: v1
                kind: ResourceQuota
                metadata: {name: memory}
                spec: {hard: {requests.memory: 1Ti}}
                """, server(name, template));

        Condition workload = becomes(name, reason);

        assertThat(workload.getMessage()).contains(message);
    }

    @Test
    void anImageThatIsNotThereIsTheReason() {
        workspace.apply(server("imageless", "{labels: {a: b}}"));

        assertThat(becomes("imageless", "ImagePullFailed").getMessage()).contains("pod imageless-ssh-");
    }

    private Condition becomes(String server, String reason) {
        await().atMost(DETECTED)
                .untilAsserted(() -> assertThat(condition(workspace.get(SshServer.class, server), "Ready")
                                .getReason())
                        .isEqualTo(reason));
        Condition workload = condition(workspace.get(SshServer.class, server), "WorkloadAvailable");
        assertThat(workload.getStatus()).isEqualTo("False");
        assertThat(workload.getReason()).isEqualTo(reason);
        assertThat(warnings(server)).containsOnlyOnce(reason);
        return workload;
    }

    /** Reasons of the Warning events about a server. */
    private List<String> warnings(String server) {
        return workspace.all(Event.class).stream()
                .filter(event -> event.getType().equals("Warning")
                        && event.getRegarding().getKind().equals("SshServer")
                        && event.getRegarding().getName().equals(server))
                .map(Event::getReason)
                .toList();
    }

    private static String server(String name, String template) {
        return server(name).replaceAll("template: .*}", "template: " + template + "}");
    }
}
