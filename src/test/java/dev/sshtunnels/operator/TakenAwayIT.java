package dev.sshtunnels.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sshtunnels.faults.Covers;
import dev.sshtunnels.faults.Incident;
import dev.sshtunnels.faults.Row;
import dev.sshtunnels.testing.Cluster;
import dev.sshtunnels.testing.Definitions;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What the operator cannot do without is taken away, and given back: no person has to touch the operator. */
@ExtendWith(Cluster.class)
class TakenAwayIT {

    private static final Duration START = Duration.ofSeconds(60);
    private static final Duration SHOWS = Duration.ofSeconds(15);

    private KubernetesClient cluster;
    private Installation installation;
    private Workspace workspace;

    @BeforeEach
    void install(KubernetesClient cluster, @TempDir Path directory) throws Exception {
        this.cluster = cluster;
        installation = Installation.create(cluster, "taken-away", directory);
        workspace = installation.workspace();
    }

    @AfterEach
    void remove() throws Exception {
        installation.close();
    }

    @Test
    @Covers(Row.F79)
    void definitionsAreRemovedAndMadeAnew() throws Exception {
        OperatorOfTheDistribution operator = working();
        try {
            Incident incident = Incident.of(Row.F79, "while the operator runs")
                    .inject("`kubectl delete crd`, both", () -> Definitions.remove(cluster))
                    .shows(
                            "`/readyz` names the kinds",
                            SHOWS,
                            () -> operator.readiness()
                                    .matches(
                                            "(?s)503 .*watch sshtunnels \\(sshtunnels.dev\\).*404, install the definitions.*"));
            assertThat(operator.isHealthy()).isTrue();
            incident.end(() -> {
                        Definitions.install(cluster);
                        ask("anew");
                    })
                    .recovers(Duration.ofSeconds(30), () -> serves(operator, "anew"))
                    .passed();
        } finally {
            Definitions.install(cluster);
        }
    }

    @Test
    @Covers(Row.F79)
    void definitionsComeLaterThanTheOperator() throws Exception {
        try {
            Definitions.remove(cluster);
            OperatorOfTheDistribution operator = installation.start();
            Incident.of(Row.F79, "before the operator is started")
                    .inject("`kubectl delete crd`, both", () -> {})
                    .shows(
                            "`/readyz` names the kinds",
                            START,
                            () -> operator.readiness()
                                    .matches(
                                            "(?s)503 .*list sshtunnels \\(sshtunnels.dev\\).*404, install the definitions.*"))
                    .end(() -> {
                        Definitions.install(cluster);
                        ask("late");
                    })
                    .recovers(Duration.ofSeconds(30), () -> serves(operator, "late"))
                    .passed();
        } finally {
            Definitions.install(cluster);
        }
    }

    @Test
    @Covers(Row.F80)
    void permissionsAreTakenAwayWhileTheOperatorRuns() throws Exception {
        OperatorOfTheDistribution operator = working();
        Incident incident = Incident.of(Row.F80, "while the operator runs")
                .inject("the rules of its Role are removed", () -> {
                    installation.permit(List.of());
                    workspace.apply(OperatorScenario.tunnel("forbidden", "bastion", 6543));
                })
                .shows(
                        "`/readyz` and the log name what is forbidden",
                        SHOWS,
                        () -> operator.readiness()
                                .matches("(?s)503 the operator is forbidden to: .*patch configmaps in namespace.*"));
        assertThat(operator.log()).contains("the operator is forbidden to patch configmaps");
        assertThat(operator.isHealthy()).isTrue();

        incident.lasts(Duration.ofSeconds(5))
                .end(() -> installation.permit(installation.granted()))
                .recovers(Duration.ofSeconds(60), () -> serves(operator, "forbidden"))
                .passed();
    }

    @Test
    @Covers(Row.F80)
    void permissionsComeLaterThanTheOperator() throws Exception {
        installation.permit(List.of());
        ask("permitted");
        OperatorOfTheDistribution operator = installation.start();
        Incident.of(Row.F80, "before the operator is started")
                .inject("its Role has no rules", () -> {})
                .shows(
                        "`/readyz` names what is forbidden",
                        START,
                        () -> operator.readiness()
                                .matches(
                                        "(?s)503 the operator is forbidden to: .*list sshtunnels \\(sshtunnels.dev\\).*"))
                .end(() -> installation.permit(installation.granted()))
                .recovers(Duration.ofSeconds(60), () -> serves(operator, "permitted"))
                .passed();
    }

    private OperatorOfTheDistribution working() throws Exception {
        ask("before");
        OperatorOfTheDistribution operator = installation.start();
        await().atMost(START).until(() -> serves(operator, "before"));
        return operator;
    }

    private void ask(String tunnel) {
        workspace.apply(OperatorScenario.server("bastion"), OperatorScenario.tunnel(tunnel, "bastion", 5432));
    }

    /** Whether it has made what the tunnel needs, and says that all is well. */
    private boolean serves(OperatorOfTheDistribution operator, String tunnel) throws InterruptedException {
        return workspace.find(Service.class, tunnel) != null
                && operator.readiness().startsWith("200");
    }
}
