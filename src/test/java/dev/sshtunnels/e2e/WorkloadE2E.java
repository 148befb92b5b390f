package dev.sshtunnels.e2e;

import static dev.sshtunnels.api.ConditionType.WorkloadAvailable;
import static dev.sshtunnels.e2e.Manifests.database;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sshtunnels.api.ConditionType;
import dev.sshtunnels.api.Reason;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@DisplayName("What keeps agents from running is the tunnel's reason, and once it is mended the tunnel is back")
class WorkloadE2E {

    /** The kubelet waits 10 s, then 20 s, then 40 s before it starts a container that ends again and again. */
    private static final Duration BACK = Duration.ofSeconds(60);

    @RegisterExtension
    static final TestNamespace namespace = new TestNamespace("workload");

    @Test
    void tooLittleMemoryIsTheReasonUntilThereIsEnough() {
        String server = server("small");
        namespace.apply(server + memory("32Mi") + database("small-db", "small"));

        assertThat(namespace.tunnel("small-db").becomesFalse(WorkloadAvailable, Reason.AgentOutOfMemory))
                .contains("pod small-ssh-", "raise limits.memory in spec.agent.template.resources");
        namespace.tunnel("small-db").warnsOnce(Reason.AgentOutOfMemory);
        awaitRestarts("small", 2);
        assertThat(namespace.tunnel("small-db").reason(ConditionType.Ready)).isEqualTo("AgentOutOfMemory");
        namespace.tunnel("small-db").warnsOnce(Reason.AgentOutOfMemory);

        namespace.apply(server + memory("256Mi"));
        namespace.tunnel("small-db").becomesReady();
    }

    /** As with a proxy that an admission webhook puts into every pod, and that takes the port of the agent. */
    @Test
    void anAgentThatEndsAgainAndAgainIsShownWithItsLastWords() {
        namespace.apply(server("crowded") + database("crowded-db", "crowded"));
        namespace.tunnel("crowded-db").becomesReady();
        String pod = namespace.kubectl().ask("get", "pods", "--selector=sshtunnels.dev/server=crowded", "-o", "name");
        occupyManagementPort(pod);

        namespace.kubectl().run("exec", pod, "-c", "agent", "--", "sh", "-c", "kill -SEGV 1");

        assertThat(namespace.tunnel("crowded-db").becomesFalse(WorkloadAvailable, Reason.AgentCrashLooping))
                .contains(pod.replace("pod/", "pod "), "exit code 1", "last words: ", "8081", "in use");
        namespace.tunnel("crowded-db").warnsOnce(Reason.AgentCrashLooping);

        // it ends this command as well
        namespace.kubectl().run("exec", pod, "-c", "squatter", "--", "sh", "-c", "kill 1");
        await().atMost(BACK).until(() -> namespace.tunnel("crowded-db").isReady());
        namespace.tunnel("crowded-db").warnsOnce(Reason.AgentCrashLooping);
    }

    @Test
    void aQuotaThatIsUsedUpIsTheReasonUntilItIsRaised() {
        namespace.apply(quota(1));
        namespace.apply(server("greedy") + database("greedy-db", "greedy"));

        assertThat(namespace.tunnel("greedy-db").becomesFalse(WorkloadAvailable, Reason.QuotaExceeded))
                .contains("exceeded quota: deployments", "Raise the ResourceQuota");

        namespace.apply(quota(100));
        await().atMost(BACK).until(() -> namespace.tunnel("greedy-db").isReady());
    }

    /** Takes it as soon as the agent has ended, which is sooner than the next agent comes. */
    private static void occupyManagementPort(String pod) {
        namespace
                .kubectl()
                .ask(
                        "debug",
                        pod,
                        "--container=squatter",
                        "--image=localhost/sshtunnels-client:1",
                        "--image-pull-policy=Never",
                        "--profile=restricted",
                        "--",
                        "sh",
                        "-c",
                        "trap exit TERM; until busybox httpd -p 8081 -h /srv; do sleep 0.02; done; sleep 600 & wait");
        namespace
                .kubectl()
                .ask(
                        "wait",
                        "--for=jsonpath={.status.ephemeralContainerStatuses[0].state.running}",
                        pod,
                        "--timeout=30s");
    }

    private static void awaitRestarts(String server, int times) {
        await().atMost(BACK).until(() -> {
            String restarts = namespace
                    .kubectl()
                    .ask(
                            "get",
                            "pods",
                            "--selector=sshtunnels.dev/server=" + server,
                            "--output=jsonpath={.items[0].status.containerStatuses[0].restartCount}");
            return Integer.parseInt(restarts) >= times;
        });
    }

    private static String server(String name) {
        return Manifests.Server.bastion(name, namespace.onPrem()).yaml();
    }

    private static String memory(String limit) {
        return "  agent: {template: {resources: {limits: {memory: " + limit + "}}}}\n";
    }

    private static String quota(int pods) {
        return """
                apiVersion: v1
                kind: ResourceQuota
                metadata: {name: deployments}
                spec: {hard: {count/pods: %d}}
                """.formatted(pods);
    }
}
