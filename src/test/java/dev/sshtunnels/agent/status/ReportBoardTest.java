package dev.sshtunnels.agent.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sshtunnels.agent.plan.ForwardKey;
import dev.sshtunnels.agent.plan.Plan;
import dev.sshtunnels.agent.plan.PlanInForce;
import dev.sshtunnels.agent.session.SessionState;
import dev.sshtunnels.api.Reason;
import dev.sshtunnels.forward.contract.ForwardState;
import dev.sshtunnels.report.AgentReport;
import dev.sshtunnels.ssh.ServerFacts;
import dev.sshtunnels.tunnel.Checks;
import dev.sshtunnels.tunnel.Finding;
import dev.sshtunnels.tunnel.Forward;
import dev.sshtunnels.tunnel.HostPort;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class ReportBoardTest {

    private static final ForwardKey DB = new ForwardKey("db", "db");
    private static final Forward FORWARD = new Forward.Local("db", new HostPort("*", 5432), new HostPort("pg", 5432));
    private static final Plan PLAN = plan(FORWARD);
    private static final SessionState UP = new SessionState.Connected(
            new ServerFacts(new HostPort("bastion", 22), "SSH-2.0-x", "SHA256:x", "kex", "cipher"), "alice", null);

    private final ReportBoard board = new ReportBoard(PlanInForce.of(PLAN), 100);

    @Test
    void theRevisionGrowsWithRealChangesOnly() {
        board.session(UP, 3);
        board.session(UP, 3);
        board.planned(PlanInForce.of(PLAN));

        assertThat(board.current().revision()).isEqualTo(101);
        assertThat(board.current().session().generation()).isEqualTo(3);
    }

    @Test
    void aForwardIsReadyWhenItListens() {
        board.session(UP, 1);
        ReportBoard.Posting posting = board.opened(DB, FORWARD);
        assertThat(board.notReady()).contains("forward db/db is being established");

        posting.state(new ForwardState.Listening("*", 5432));
        posting.target(new Finding(Reason.TargetRefused, "pg:5432 refused"));

        var forward = board.current().tunnels().getFirst().forwards().getFirst();
        assertThat(forward.ready()).isTrue();
        assertThat(forward.targetReason()).isEqualTo(Reason.TargetRefused);
        assertThat(board.notReady()).isEmpty();
    }

    @Test
    void aListenerThatFailedForGoodDoesNotHoldBackTheRest() {
        board.session(UP, 1);

        board.opened(DB, FORWARD).state(new ForwardState.Failed(new Finding(Reason.LocalPortInUse, "taken")));

        assertThat(board.notReady()).isEmpty();
        assertThat(board.current().tunnels().getFirst().forwards().getFirst().reason())
                .isEqualTo(Reason.LocalPortInUse);
    }

    @Test
    void withoutASessionNothingIsReadyAndTheReasonIsSaid() {
        board.session(
                new SessionState.Waiting(
                        new Finding(Reason.ConnectionRefused, "bastion:22 refuses connections"),
                        new HostPort("bastion", 22),
                        Duration.ofSeconds(4)),
                1);

        assertThat(board.notReady())
                .contains("ConnectionRefused: bastion:22 refuses connections; next attempt within about 4 s");
    }

    @Test
    void whatAFormerForwardSaysTooLateIsNotTakenForTheNewOne() {
        ReportBoard.Posting former = board.opened(DB, FORWARD);
        board.closed(DB);
        board.opened(DB, FORWARD);
        AgentReport before = board.current();

        former.state(new ForwardState.Listening("*", 1));

        assertThat(board.current()).isEqualTo(before);
    }

    @Test
    void aProblemWithNewDocumentsIsSaidBesideTheState() {
        board.session(UP, 1);

        board.planned(new PlanInForce(PLAN, Map.of(), "tunnel.yaml:3: spec.mode: unknown"));

        assertThat(board.current().session().connected()).isTrue();
        assertThat(board.current().problem()).isEqualTo("tunnel.yaml:3: spec.mode: unknown");
        assertThat(board.current().session().message())
                .contains("the last good documents stay in force: tunnel.yaml:3: spec.mode: unknown");
    }

    @Test
    void aProxyThatLetsNobodyInIsNotReadyAlthoughItListens() {
        Plan proxy = plan(new Forward.Dynamic("db", new HostPort("*", 1080)));
        Finding missing = new Finding(Reason.SecretNotFound, "Secret socks-user does not exist");
        board.planned(new PlanInForce(proxy, Map.of("db", missing), null));
        board.session(UP, 1);
        board.opened(DB, proxy.forwards().get(DB)).state(new ForwardState.Listening("*", 1080));

        var forward = board.current().tunnels().getFirst().forwards().getFirst();
        assertThat(forward.ready()).isFalse();
        assertThat(forward.reason()).isEqualTo(Reason.SecretNotFound);
        assertThat(forward.message()).isEqualTo(missing.message());

        board.planned(PlanInForce.of(proxy));
        assertThat(board.current().tunnels().getFirst().forwards().getFirst().ready())
                .isTrue();
    }

    @Test
    void theListenerOfTheFormerDocumentsIsNotTakenForTheOneOfTheNew() {
        Forward elsewhere = new Forward.Local("db", new HostPort("*", 5432), new HostPort("other", 5432));
        board.session(UP, 1);
        board.opened(DB, FORWARD).state(new ForwardState.Listening("*", 5432));

        board.planned(PlanInForce.of(plan(elsewhere)));
        assertThat(board.current().tunnels().getFirst().forwards().getFirst().ready())
                .isFalse();
        assertThat(board.notReady()).as("clients are still taken").isEmpty();

        board.closed(DB);
        board.opened(DB, elsewhere).state(new ForwardState.Listening("*", 5432));
        assertThat(board.current().tunnels().getFirst().forwards().getFirst().ready())
                .isTrue();
    }

    @Test
    void aTunnelThatIsMadeAnewIsToldApartFromTheFormer() {
        Plan.Tunnel former = PLAN.tunnels().getFirst();
        var anew = new Plan.Tunnel(
                former.name(), "u2", former.generation(), former.forwards(), former.access(), former.checks());

        board.planned(PlanInForce.of(new Plan(PLAN.server(), List.of(anew))));

        assertThat(board.current().revision()).isEqualTo(101);
        assertThat(board.current().tunnels().getFirst().uid()).isEqualTo("u2");
    }

    @Test
    void whoKnowsTheCurrentRevisionWaitsForTheNext() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var waiting = threads.submit(() -> board.await(100, Duration.ofSeconds(20)));
            board.session(UP, 1);

            await().until(waiting::isDone);
            assertThat(waiting.get().revision()).isEqualTo(101);
        }
    }

    @Test
    void whoKnowsAnotherRevisionIsAnsweredAtOnce() throws Exception {
        assertThat(board.await(0, Duration.ofHours(1)).revision()).isEqualTo(100);
        assertThat(board.await(7_000, Duration.ofHours(1)).revision()).isEqualTo(100);
        assertThat(board.await(100, Duration.ofMillis(1)).revision()).isEqualTo(100);
    }

    private static Plan plan(Forward forward) {
        return new Plan(
                new Plan.Server("bastion", 1, null, "test"),
                List.of(new Plan.Tunnel(forward.name(), "u1", 1, List.of(forward), null, Checks.USUAL)));
    }
}
