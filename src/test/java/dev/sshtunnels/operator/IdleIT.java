package dev.sshtunnels.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sshtunnels.operator.kinds.SshServer;
import dev.sshtunnels.operator.kinds.SshTunnel;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What has come to rest is not written any more: neither by time, nor by what repeats what is there. */
class IdleIT extends OperatorScenario {

    private static final Duration QUIET = Duration.ofSeconds(5);
    private static final Duration IDLE = Duration.ofMinutes(1);
    private static final int APPLIES = 50;

    @BeforeEach
    void aServerWithATunnel() {
        workspace.apply(server("idle"), tunnel("silent", "idle", 5432));
        await().untilAsserted(() -> {
            var server = condition(workspace.get(SshServer.class, "idle"), "Ready");
            assertThat(server.getReason()).isEqualTo("Unschedulable");
            // The tunnel's status follows its server's; only then is there nothing left to write.
            assertThat(condition(workspace.get(SshTunnel.class, "silent"), "Ready")
                            .getReason())
                    .isEqualTo("Unschedulable");
        });
    }

    @Test
    void anIdleMinuteAndFiftyIdenticalAppliesWriteNothing() {
        Writings before = settled();

        nothingIsWritten(before, IDLE);
        for (int apply = 1; apply <= APPLIES; apply++) {
            workspace.apply(server("idle"), tunnel("silent", "idle", 5432));
        }
        nothingIsWritten(before, QUIET);
    }

    @Test
    void aWriteThatLeavesEverythingAsItWasWouldBeSeen() {
        Writings before = settled();

        workspace.edit(Deployment.class, "idle-ssh", child -> child.getSpec().setReplicas(0));

        await().untilAsserted(() -> {
            assertThat(workspace.get(Deployment.class, "idle-ssh").getSpec().getReplicas())
                    .isEqualTo(1);
            assertThat(before.changesTo(Writings.in(workspace)))
                    .anyMatch(change -> change.startsWith("Deployment idle-ssh was written: [Apply at "));
        });
    }

    @Test
    void aNeighbourThatComesChangesNothingOfATunnel() {
        settled();
        Writings before = ofTheTunnel();
        String document = document("idle", "silent");
        long generation = deploymentGeneration();

        for (int round = 1; round <= 3; round++) {
            // Reconciles both kinds, and shows that it has happened.
            String name = "probe-" + round;
            workspace.apply(targetService(name, 80), remote(name, "idle", 9000 + round));
            await().untilAsserted(() -> assertThat(documents("idle")).contains("tunnel-" + name + ".yaml"));
        }

        assertThat(before.changesTo(ofTheTunnel())).isEmpty();
        assertThat(document("idle", "silent")).isEqualTo(document);
        assertThat(deploymentGeneration()).isEqualTo(generation);
    }

    @Test
    void aRestartOfTheOperatorWritesNothingAndTellsNothingAgain() throws Exception {
        Writings before = settled();

        restartOperator();

        workspace.apply(targetService("after", 80), remote("after", "idle", 9100));
        await().untilAsserted(() -> assertThat(documents("idle")).contains("tunnel-after.yaml"));
        assertThat(withoutTheNewTunnel(before).changesTo(withoutTheNewTunnel(Writings.in(workspace))))
                .isEmpty();
    }

    /** The server's document, its status and the pods are told of a new tunnel. */
    private static Writings withoutTheNewTunnel(Writings all) {
        return all.of(
                name -> name.startsWith("Event idle-") || name.startsWith("Event silent-") || name.endsWith(" silent"));
    }

    private Writings ofTheTunnel() {
        return Writings.in(workspace).of(name -> name.endsWith(" silent"));
    }

    private long deploymentGeneration() {
        return workspace.get(Deployment.class, "idle-ssh").getMetadata().getGeneration();
    }

    private void nothingIsWritten(Writings before, Duration time) {
        await().during(time)
                .atMost(time.plus(QUIET).plus(QUIET))
                .pollInterval(Duration.ofSeconds(1))
                .untilAsserted(() ->
                        assertThat(before.changesTo(Writings.in(workspace))).isEmpty());
    }

    /** The picture is taken when all that was under way has ended. */
    private Writings settled() {
        AtomicReference<Writings> last = new AtomicReference<>(Writings.in(workspace));
        await().during(QUIET).atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            Writings now = Writings.in(workspace);
            List<String> changes = last.getAndSet(now).changesTo(now);
            assertThat(changes).isEmpty();
        });
        return last.get();
    }
}
