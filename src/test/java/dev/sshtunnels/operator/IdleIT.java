package dev.sshtunnels.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sshtunnels.operator.kinds.SshServer;
import dev.sshtunnels.operator.kinds.SshTunnel;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What has come to rest is not written any more: neither by time, nor by what repeats what is there. */
class IdleIT extends OperatorScenario {

    private static final Duration QUIET = Duration.ofSeconds(5);
    private static final Duration IDLE = Duration.ofMinutes(1);
    private static final int APPLIES = 50;

    /** Everything that the operator writes, pods for their annotation. */
    private static final List<Class<? extends HasMetadata>> WRITTEN = List.of(
            SshServer.class, SshTunnel.class, ConfigMap.class, Deployment.class, Service.class, Pod.class, Event.class);

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
        // The first one after a status was written makes the API server sort managedFields anew, by time.
        workspace.apply(server("idle"), tunnel("silent", "idle", 5432));
        Map<String, String> before = settled();

        await().during(IDLE)
                .atMost(IDLE.plusSeconds(20))
                .pollInterval(QUIET)
                .until(() -> versions().equals(before));
        for (int apply = 1; apply <= APPLIES; apply++) {
            workspace.apply(server("idle"), tunnel("silent", "idle", 5432));
        }

        await().during(QUIET)
                .atMost(QUIET.multipliedBy(2))
                .untilAsserted(() -> assertThat(versions()).isEqualTo(before));
    }

    @Test
    void aNeighbourThatComesChangesNothingOfATunnel() {
        settled();
        Map<String, String> before = ofTheTunnel();

        for (int round = 1; round <= 3; round++) {
            // Reconciles both kinds, and shows that it has happened.
            String name = "probe-" + round;
            workspace.apply(targetService(name, 80), remote(name, "idle", 9000 + round));
            await().untilAsserted(() -> assertThat(documents("idle")).contains("tunnel-" + name + ".yaml"));
        }

        assertThat(ofTheTunnel()).isEqualTo(before);
    }

    @Test
    void aRestartOfTheOperatorWritesNothingAndTellsNothingAgain() throws Exception {
        Map<String, String> before = settled();

        restartOperator();

        workspace.apply(targetService("after", 80), remote("after", "idle", 9100));
        await().untilAsserted(() -> assertThat(documents("idle")).contains("tunnel-after.yaml"));
        assertThat(events("silent")).isEqualTo(eventsIn(before, "silent"));
        assertThat(events("idle")).isEqualTo(eventsIn(before, "idle"));
        assertThat(version(SshTunnel.class, "silent")).isEqualTo(before.get("SshTunnel silent"));
    }

    private Map<String, String> ofTheTunnel() {
        return Map.of(
                "service", version(Service.class, "silent"),
                "tunnel", version(SshTunnel.class, "silent"),
                "document", document("idle", "silent"),
                "deployment",
                        workspace
                                .get(Deployment.class, "idle-ssh")
                                .getMetadata()
                                .getGeneration()
                                .toString());
    }

    private long events(String about) {
        return eventsIn(versions(), about);
    }

    private static long eventsIn(Map<String, String> versions, String about) {
        return versions.keySet().stream()
                .filter(name -> name.startsWith("Event " + about + "-"))
                .count();
    }

    /** The picture is taken when all that was under way has ended. */
    private Map<String, String> settled() {
        AtomicReference<Map<String, String>> last = new AtomicReference<>(Map.of());
        await().during(QUIET).atMost(Duration.ofSeconds(60)).until(() -> {
            Map<String, String> now = versions();
            return now.equals(last.getAndSet(now));
        });
        return last.get();
    }

    /** Resource versions of everything in the namespace that the operator writes. */
    private Map<String, String> versions() {
        Map<String, String> versions = new TreeMap<>();
        WRITTEN.forEach(type -> workspace.all(type).stream()
                .filter(object -> isOurs(object))
                .forEach(object -> versions.put(
                        object.getKind() + " " + object.getMetadata().getName(),
                        object.getMetadata().getResourceVersion())));
        return versions;
    }

    /** The scheduler, too, tells of the pods, again and again. */
    private static boolean isOurs(HasMetadata object) {
        return !(object instanceof Event event)
                || event.getReportingController() != null
                        && event.getReportingController().startsWith("sshtunnels.dev/");
    }
}
