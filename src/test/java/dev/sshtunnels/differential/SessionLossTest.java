package dev.sshtunnels.differential;

import static dev.sshtunnels.differential.ConnectionEvent.FIN;
import static dev.sshtunnels.differential.ConnectionEvent.RST;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sshtunnels.testing.ClientKeys;
import dev.sshtunnels.testing.Sshd;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What both ends of open connections are shown when the SSH session is lost.
 *
 * <p>Knowing difference: {@code ssh} exits, and the kernel closes its sockets with a FIN, which looks like a complete
 * answer; the agent resets them. The sockets that sshd holds are closed with a FIN by the kernel either way.
 */
@Timeout(60)
class SessionLossTest {

    private static final long MESSAGE = 1_000;
    private static final long PATIENCE_SECONDS = 30;

    @TempDir
    Path directory;

    private Sshd sshd;
    private Target.Tcp target;
    private BothSessions sessions;

    @BeforeEach
    void start() throws IOException {
        ClientKeys.ClientKey key = new ClientKeys(directory).ed25519();
        sshd = Sshd.accepting(key);
        target = Target.tcp();
        Server server = new Server(
                sshd,
                key,
                List.of("ServerAliveInterval=1", "ServerAliveCountMax=2"),
                List.of("keepAlive: {interval: 1s, countMax: 2}"));
        sessions = BothSessions.open(
                server,
                directory,
                ports -> List.of(
                        Wanted.local(ports.next()).to(target.port()),
                        Wanted.remote(ports.next()).to(target.port())));
    }

    @AfterEach
    void stop() throws IOException {
        sessions.close();
        target.close();
        sshd.close();
    }

    /**
     * A connection with one message each way behind it.
     *
     * @param clientEnded counted down when the client has seen the end of its connection
     */
    private record Open(CompletableFuture<Conversation.Outcome> outcome, CountDownLatch clientEnded) {

        void assertEnds(ConnectionEvent atClient, ConnectionEvent atTarget) throws Exception {
            Conversation.Outcome seen = outcome.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            assertThat(seen.client()).containsExactly(ConnectionEvent.received(Payload.OF_TARGET, MESSAGE), atClient);
            assertThat(seen.target()).containsExactly(ConnectionEvent.received(Payload.OF_CLIENT, MESSAGE), atTarget);
        }

        void awaitEndOfClient() throws InterruptedException {
            assertThat(clientEnded.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        }
    }

    private Open open(Session session, int forward) throws Exception {
        CountDownLatch open = new CountDownLatch(1);
        CountDownLatch clientEnded = new CountDownLatch(1);
        Party.Script client = party -> {
            party.send(MESSAGE);
            party.receive(MESSAGE);
            open.countDown();
            party.receiveToEnd();
            clientEnded.countDown();
        };
        Party.Script answer = party -> {
            party.receive(MESSAGE);
            party.send(MESSAGE);
            party.receiveToEnd();
        };
        CompletableFuture<Conversation.Outcome> outcome = new Conversation(client, answer)
                .start(() -> Wire.of(new Socket(InetAddress.getLoopbackAddress(), session.port(forward))), target);
        assertThat(open.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        return new Open(outcome, clientEnded);
    }

    @Test
    void theServersProcessOfTheSessionEnds() throws Exception {
        Open sshLocal = open(sessions.withSsh(), 0);
        Open sshRemote = open(sessions.withSsh(), 1);
        Open agentLocal = open(sessions.withAgent(), 0);
        Open agentRemote = open(sessions.withAgent(), 1);

        sshd.killSessions();

        sshLocal.assertEnds(FIN, FIN);
        sshRemote.assertEnds(FIN, FIN);
        agentLocal.assertEnds(RST, FIN);
        agentRemote.assertEnds(FIN, RST);
    }

    /** What the server holds ends only when its processes find the connection closed: here, when they go on. */
    @Test
    void theServerGivesNoSignOfLife() throws Exception {
        Open sshLocal = open(sessions.withSsh(), 0);
        Open agentLocal = open(sessions.withAgent(), 0);

        sshd.freeze();
        sshLocal.awaitEndOfClient();
        agentLocal.awaitEndOfClient();
        sshd.resume();

        sshLocal.assertEnds(FIN, FIN);
        agentLocal.assertEnds(RST, FIN);
    }
}
