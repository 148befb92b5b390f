package dev.sshtunnels.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sshtunnels.agent.login.Resolution;
import dev.sshtunnels.agent.login.ServerTimes;
import dev.sshtunnels.agent.metrics.AgentMetrics;
import dev.sshtunnels.agent.observation.AuditLog;
import dev.sshtunnels.agent.observation.Observation;
import dev.sshtunnels.agent.plan.Plan;
import dev.sshtunnels.agent.plan.PlanInForce;
import dev.sshtunnels.agent.retry.RetryPolicy;
import dev.sshtunnels.agent.session.RecordingOpener;
import dev.sshtunnels.agent.session.SessionEnd;
import dev.sshtunnels.agent.session.SessionForwards;
import dev.sshtunnels.agent.session.SessionSupervisor;
import dev.sshtunnels.agent.session.TunnelGates;
import dev.sshtunnels.agent.status.ReportBoard;
import dev.sshtunnels.api.AddressFamily;
import dev.sshtunnels.loop.EventLoop;
import dev.sshtunnels.ssh.HostKeyTrust;
import dev.sshtunnels.ssh.Login;
import dev.sshtunnels.ssh.MinaConnector;
import dev.sshtunnels.ssh.SshConnector;
import dev.sshtunnels.ssh.login.PrivateKeys;
import dev.sshtunnels.testing.ClientKeys;
import dev.sshtunnels.testing.ClientKeys.ClientKey;
import dev.sshtunnels.testing.Sshd;
import dev.sshtunnels.tunnel.HostPort;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many agents of one server, as supervisors in one process. */
class CrowdTest {

    private static final int AGENTS = 50;

    /** Logins under way from which on sshd drops some at random, and how many more it takes at most. */
    private static final String LIMIT = "MaxStartups 10:30:60";

    @TempDir
    Path directory;

    private final EventLoop loop = new EventLoop("crowd");
    private final SshConnector connector = new MinaConnector(loop);
    private List<Member> members = List.of();

    private record Member(ReportBoard board, Thread supervisor) {}

    @AfterEach
    void stop() throws InterruptedException {
        members.forEach(member -> member.supervisor().interrupt());
        for (Member member : members) {
            member.supervisor().join(Duration.ofSeconds(10));
        }
        loop.close();
    }

    @Test
    void fiftyAgentsAreBackWithinAMinuteAfterTheirServerRestarts() throws Exception {
        ClientKey key = new ClientKeys(directory).ed25519();
        try (Sshd sshd = Sshd.builder().authorize(key).config(LIMIT).start()) {
            Login login = login(sshd, key);
            members = IntStream.range(0, AGENTS).mapToObj(i -> member(i, login)).toList();
            // They come all at once, so that the server drops some, which are to find their way in too.
            awaitAllConnected(sshd);

            sshd.restart();

            awaitAllConnected(sshd);
            assertThat(sshd.logged("Accepted publickey")).isEqualTo(AGENTS);
        }
    }

    private void awaitAllConnected(Sshd sshd) {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> sshd.logged("Accepted publickey") >= AGENTS
                        && members.stream()
                                .allMatch(member ->
                                        member.board().current().session().connected()));
    }

    private Member member(int index, Login login) {
        Plan plan = Samples.plan();
        ReportBoard board = new ReportBoard(PlanInForce.of(plan), 1);
        Observation observation =
                new Observation(board, new AgentMetrics(new SimpleMeterRegistry()), new AuditLog(), Instant::now);
        RetryPolicy policy = ServerTimes.of(Samples.bareSpec()).retry();
        SessionSupervisor supervisor = new SessionSupervisor(
                () -> plan,
                _ -> new Resolution.Ready(login, policy),
                connector,
                connection ->
                        new SessionForwards(connection, new RecordingOpener(), new TunnelGates(loop), observation),
                new SessionEnd(_ -> Duration.ZERO, Duration.ZERO),
                observation,
                Instant::now,
                new SplittableRandom(index));
        return new Member(board, Thread.ofVirtual().start(supervisor));
    }

    private static Login login(Sshd sshd, ClientKey key) throws Exception {
        return new Login(
                List.of(new HostPort(sshd.host(), sshd.port())),
                sshd.user(),
                PrivateKeys.read(key.bytes(), null, "test key"),
                new HostKeyTrust(List.of(sshd.hostKeyLine()), List.of(), null, "test"),
                AddressFamily.Any,
                Duration.ofSeconds(10),
                Duration.ofSeconds(4),
                2,
                0,
                Duration.ZERO);
    }
}
