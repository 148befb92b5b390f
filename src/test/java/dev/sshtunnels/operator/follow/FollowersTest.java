package dev.sshtunnels.operator.follow;

import static dev.sshtunnels.operator.follow.FakeAgents.answer;
import static dev.sshtunnels.operator.follow.FakeAgents.answerNext;
import static dev.sshtunnels.operator.follow.FakeAgents.report;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sshtunnels.operator.status.Silence;
import dev.sshtunnels.report.AgentReport;
import dev.sshtunnels.report.ReportCodec;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Followers against agents that are HTTP servers on loopback, good ones and hostile ones. */
class FollowersTest {
    private static final String BASTION = "shop/bastion";

    private final List<Set<String>> changes = Collections.synchronizedList(new ArrayList<>());
    private final Followers<String> followers = new Followers<>((group, tunnels, first) -> changes.add(tunnels));
    private final FakeAgents agents = new FakeAgents();

    @AfterEach
    void stop() {
        followers.close();
        agents.close();
    }

    @Test
    void eachNewReportIsKeptAndAnnouncedWithTheTunnelsThatChanged() throws IOException {
        var reports = new LinkedBlockingQueue<>(List.of(report(1, "orders-db", "events"), report(2, "orders-db")));
        followers.follow(BASTION, List.of(agents.agent(exchange -> answerNext(exchange, reports))));

        await().untilAsserted(() -> assertThat(followers.report("uid"))
                .hasValueSatisfying(report -> assertThat(report.revision()).isEqualTo(2)));
        assertThat(changes).containsExactly(Set.of("orders-db", "events"), Set.of("events"));
    }

    @Test
    void anAgentThatHasJustBeenFoundIsPendingUntilItHasBeenAsked() throws IOException {
        var reports = new LinkedBlockingQueue<AgentReport>();
        followers.follow(BASTION, List.of(agents.agent(exchange -> answerNext(exchange, reports))));
        assertThat(followers.pending(BASTION)).isTrue();

        reports.add(report(1));

        await().untilAsserted(() -> assertThat(followers.pending(BASTION)).isFalse());
    }

    @Test
    void whatOneAgentSaysIsNotTakenForAllUntilTheOthersHaveBeenAskedToo() throws IOException {
        AgentAddress quick = agents.agent(exchange -> answer(exchange, ReportCodec.write(report(1))));
        var reports = new LinkedBlockingQueue<AgentReport>();
        AgentAddress slow = agents.agent("slow", exchange -> answerNext(exchange, reports));
        followers.follow(BASTION, List.of(quick, slow));
        await().untilAsserted(() -> assertThat(followers.report(quick.uid())).isPresent());
        assertThat(followers.pending(BASTION)).isTrue();

        reports.add(report(1));

        await().untilAsserted(() -> assertThat(followers.pending(BASTION)).isFalse());
    }

    @Test
    void anAgentThatJoinsIsNotWaitedFor() throws IOException {
        AgentAddress first = agents.agent(exchange -> answer(exchange, ReportCodec.write(report(1))));
        followers.follow(BASTION, List.of(first));
        await().untilAsserted(() -> assertThat(followers.pending(BASTION)).isFalse());

        AgentAddress joining = agents.agent("joining", exchange -> answerNext(exchange, new LinkedBlockingQueue<>()));
        followers.follow(BASTION, List.of(first, joining));

        assertThat(followers.pending(BASTION)).isFalse();
    }

    @Test
    void aSilentAgentIsNotWaitedFor() {
        followers.follow(BASTION, List.of(new AgentAddress("uid", "127.0.0.1", 1)));

        await().untilAsserted(() -> assertThat(followers.pending(BASTION)).isFalse());
        assertThat(followers.report("uid")).isEmpty();
    }

    @Test
    void whyAnAgentIsSilentIsKnownAfterTwoPollsAndForgottenWhenItAnswers() throws IOException {
        var asked = new AtomicInteger();
        AgentAddress agent = agents.agent(exchange -> {
            int poll = asked.incrementAndGet();
            if (poll > 4) {
                answer(exchange, ReportCodec.write(report(1)));
            } else {
                exchange.sendResponseHeaders(500 + poll, -1);
                exchange.close();
            }
        });
        followers.follow(BASTION, List.of(agent));

        await().until(() -> followers.silence("uid").isPresent());
        assertThat(asked).hasValueGreaterThanOrEqualTo(2);
        // The error of the second poll stands through the third and the fourth.
        await().until(() -> {
            followers
                    .silence("uid")
                    .ifPresent(silence -> assertThat(silence)
                            .isEqualTo(new Silence(
                                    "127.0.0.1:" + agent.port(), "the agent answers with HTTP status 502")));
            return followers.report("uid").isPresent();
        });
        assertThat(followers.silence("uid")).isEmpty();
        assertThat(changes).hasSize(2);
    }

    @Test
    void aConnectionThatIsRefusedIsNamed() {
        followers.follow(BASTION, List.of(new AgentAddress("uid", "127.0.0.1", 1)));

        await().untilAsserted(() -> assertThat(followers.silence("uid"))
                .contains(new Silence("127.0.0.1:1", "the connection was refused or cannot be routed")));
    }

    @Test
    void theReportOfAnAgentThatBecameSilentIsForgotten() throws IOException {
        AgentAddress agent = agents.agent(exchange -> answer(exchange, ReportCodec.write(report(1, "orders-db"))));
        followers.follow(BASTION, List.of(agent));
        await().untilAsserted(() -> assertThat(followers.report("uid")).isPresent());

        agents.close();

        await().untilAsserted(() -> assertThat(followers.report("uid")).isEmpty());
    }

    @Test
    void aPodThatIsGoneIsAskedNoLonger() throws IOException {
        var asked = new AtomicInteger();
        AgentAddress agent = agents.agent(exchange -> {
            asked.incrementAndGet();
            answer(exchange, ReportCodec.write(report(asked.get())));
        });
        followers.follow(BASTION, List.of(agent));
        await().untilAsserted(() -> assertThat(asked).hasValueGreaterThan(2));

        followers.follow(BASTION, List.of());

        assertThat(followers.report("uid")).isEmpty();
        int atTheEnd = asked.get();
        // Several times the pause between two polls; one may have been under way.
        await().during(Duration.ofSeconds(1)).until(asked::get, count -> count <= atTheEnd + 1);
    }

    @Test
    void aRedirectIsNotFollowed() throws IOException {
        var elsewhere = new AtomicInteger();
        AgentAddress target = agents.agent(exchange -> {
            elsewhere.incrementAndGet();
            answer(exchange, ReportCodec.write(report(1)));
        });
        followers.follow(BASTION, List.of(agents.agent(exchange -> {
            exchange.getResponseHeaders().add("Location", "http://127.0.0.1:" + target.port() + "/status");
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        })));

        await().untilAsserted(() -> assertThat(followers.pending(BASTION)).isFalse());
        assertThat(elsewhere).hasValue(0);
        assertThat(followers.report("uid")).isEmpty();
    }

    @Test
    void anEndlessAnswerIsCutOff() throws IOException {
        followers.follow(BASTION, List.of(agents.agent(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            byte[] chunk = new byte[1 << 16];
            try (var body = exchange.getResponseBody()) {
                while (true) {
                    body.write(chunk);
                }
            }
        })));

        await().untilAsserted(() -> assertThat(followers.pending(BASTION)).isFalse());
        assertThat(followers.report("uid")).isEmpty();
    }

    @Test
    void anAnswerThatIsNoReportCountsAsSilence() throws IOException {
        followers.follow(BASTION, List.of(agents.agent(exchange -> answer(exchange, "[1, 2".getBytes()))));

        await().untilAsserted(() -> assertThat(followers.pending(BASTION)).isFalse());
        assertThat(followers.report("uid")).isEmpty();
    }
}
