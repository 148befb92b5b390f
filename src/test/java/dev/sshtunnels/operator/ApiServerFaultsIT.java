package dev.sshtunnels.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sshtunnels.faults.Covers;
import dev.sshtunnels.faults.Incident;
import dev.sshtunnels.faults.Row;
import dev.sshtunnels.faults.inject.HttpFault;
import dev.sshtunnels.faults.inject.HttpRequestHead;
import dev.sshtunnels.testing.Cluster;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An API server that answers, but not as it should: the operator goes on as soon as it does, and floods nobody. */
@ExtendWith(Cluster.class)
@TestInstance(Lifecycle.PER_CLASS)
class ApiServerFaultsIT {

    private static final Duration START = Duration.ofSeconds(60);
    private static final Duration LASTS = Duration.ofSeconds(5);
    private static final Duration SHOWS = Duration.ofSeconds(10);
    private static final Duration BOUND = Duration.ofSeconds(30);
    /** Of all caches and attempts together. */
    private static final int REQUESTS_A_SECOND = 60;

    private Installation installation;
    private Workspace workspace;
    private OperatorOfTheDistribution operator;

    @BeforeAll
    void startOperator(KubernetesClient cluster, @TempDir Path directory) throws Exception {
        installation = Installation.create(cluster, "api-faults", directory);
        workspace = installation.workspace();
        operator = installation.start();
        await().atMost(START).until(this::isReady);
        workspace.apply(OperatorScenario.server("bastion"), OperatorScenario.tunnel("before", "bastion", 5432));
        workspace.await(Service.class, "before");
        await().until(() -> events("bastion") > 0 && events("before") > 0);
    }

    @AfterAll
    void stop() throws Exception {
        installation.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 500, 503})
    @Covers(Row.F67)
    void everyAnswerIsAnError(int code) throws Exception {
        goesOnAfter(
                "every request is answered with " + code,
                "a reverse proxy answers so for 5 s, and ends all watches",
                "tunnel-" + code,
                LASTS,
                _ -> new HttpFault.Answer(code));
    }

    @Test
    @Covers(Row.F67)
    void everyAnswerComesThirtySecondsLate() throws Exception {
        goesOnAfter(
                "every answer takes 30 s",
                "a reverse proxy hands requests on so late for 12 s, and ends all watches",
                "slow",
                Duration.ofSeconds(12),
                _ -> new HttpFault.Delay(Duration.ofSeconds(30)));
    }

    @Test
    @Covers(Row.F67)
    void watchesEndAndNoneCanBeOpened() throws Exception {
        goesOnAfter(
                "watches end, and no other can be opened",
                "a reverse proxy resets them, and new ones for 5 s",
                "unwatched",
                LASTS,
                head -> head.isWatch() ? new HttpFault.Reset() : new HttpFault.None());
    }

    @Test
    @Covers(Row.F67)
    void nothingIsKnownSinceTheLastWatch() throws Exception {
        int before = installation.api().requests();
        Incident incident = Incident.of(Row.F67, "410 Gone: the API server has forgotten what the watch saw last");
        workspace.apply(OperatorScenario.tunnel("gone", "bastion", 7100));
        workspace.await(Service.class, "gone");

        incident.inject("a reverse proxy ends the watches and asks for those of resource version 1, for 5 s", () -> {
                    installation.api().faults(ApiServerFaultsIT::longAgo);
                    installation.api().reset();
                })
                .lasts(LASTS);
        workspace.apply(OperatorScenario.tunnel("gone", "bastion", 7101));

        assertThat(installation.api().requests() - before).isLessThan(REQUESTS_A_SECOND * (int) LASTS.toSeconds());
        incident.end(() -> installation.api().pass())
                .recovers(BOUND, () -> workspace.port("gone") == 7101 && isReady())
                .passed();
    }

    private static HttpFault longAgo(HttpRequestHead head) {
        return head.isWatch()
                ? new HttpFault.Other(head.target().replaceAll("resourceVersion=\\d+", "resourceVersion=1"))
                : new HttpFault.None();
    }

    private void goesOnAfter(
            String what, String how, String tunnel, Duration lasts, Function<HttpRequestHead, HttpFault> fault)
            throws Exception {
        long eventsBefore = events("bastion") + events("before");
        int requestsBefore = installation.api().requests();

        Incident incident = Incident.of(Row.F67, what)
                .inject(how, () -> {
                    installation.api().faults(fault);
                    installation.api().reset();
                    workspace.apply(OperatorScenario.tunnel(tunnel, "bastion", 7000));
                })
                .shows(
                        "`/readyz` answers 503",
                        SHOWS,
                        () -> operator.readiness().startsWith("503"))
                .lasts(lasts);
        assertThat(operator.isHealthy()).isTrue();
        assertThat(installation.api().requests() - requestsBefore)
                .isLessThan(REQUESTS_A_SECOND * (int) lasts.toSeconds());
        incident.end(() -> installation.api().pass())
                .recovers(BOUND, () -> workspace.find(Service.class, tunnel) != null && isReady())
                .passed();

        await().until(() -> events(tunnel) == 1);
        assertThat(events("bastion") + events("before")).isEqualTo(eventsBefore);
        assertThat(workspace.all(Deployment.class)).hasSize(1);
        assertThat(workspace.all(ConfigMap.class))
                .filteredOn(each -> each.getMetadata().getName().endsWith("-ssh"))
                .hasSize(1);
    }

    private boolean isReady() throws InterruptedException {
        return operator.readiness().startsWith("200");
    }

    private long events(String about) {
        return workspace.all(Event.class).stream()
                .filter(event -> about.equals(event.getRegarding().getName())
                        && event.getReportingController() != null
                        && event.getReportingController().startsWith("sshtunnels.dev/"))
                .count();
    }
}
