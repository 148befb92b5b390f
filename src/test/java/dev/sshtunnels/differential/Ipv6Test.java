package dev.sshtunnels.differential;

import static dev.sshtunnels.differential.Wanted.dynamic;
import static dev.sshtunnels.differential.Wanted.local;
import static dev.sshtunnels.differential.Wanted.remote;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sshtunnels.testing.TcpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Listeners and targets on ::1, and what sshd logs of their addresses. */
class Ipv6Test {

    private static final String LOOPBACK = "::1";

    @TempDir
    Path directory;

    private Arena arena;
    private TcpServer target;
    private Contest contest;

    private record Seen(String answer, Set<String> serverLog) {}

    @BeforeEach
    void start() throws IOException {
        arena = Arena.with(directory);
        target = TcpServer.on(
                InetAddress.ofLiteral(LOOPBACK),
                client -> client.getInputStream().transferTo(client.getOutputStream()));
        contest = arena.contest();
    }

    @AfterEach
    void stop() throws IOException {
        contest.close();
        target.close();
        arena.close();
    }

    @Test
    void fromListenerToTargetThroughL() throws Exception {
        theTargetAnswers(contest.with(local(arena.port()).at(LOOPBACK).to(LOOPBACK, target.port())), new byte[0]);
    }

    @Test
    void fromListenerToTargetThroughR() throws Exception {
        theTargetAnswers(contest.with(remote(arena.port()).at(LOOPBACK).to(LOOPBACK, target.port())), new byte[0]);
    }

    /** RFC 1928 5: ATYP 4 and sixteen bytes. */
    @Test
    void fromListenerToTargetThroughD() throws Exception {
        byte[] connect = ByteBuffer.allocate(22)
                .put(new byte[] {5, 1, 0, 4})
                .put(InetAddress.ofLiteral(LOOPBACK).getAddress())
                .putShort((short) target.port())
                .array();
        theTargetAnswers(contest.with(dynamic(arena.port()).at(LOOPBACK)), connect);
    }

    private static void theTargetAnswers(Scenario scenario, byte[] socksConnect) throws Exception {
        Seen seen = scenario.sameOfBoth(session -> seen(session, socksConnect));

        assertThat(seen.answer()).isEqualTo("ping");
    }

    /** The SOCKS request, where there is one, is answered before the target can be. */
    private static Seen seen(Session session, byte[] socksConnect) throws IOException {
        try (Socket socket = new Socket(InetAddress.ofLiteral(LOOPBACK), session.port(0))) {
            socket.setSoTimeout(20_000);
            if (socksConnect.length > 0) {
                socket.getOutputStream().write(new byte[] {5, 1, 0});
                socket.getInputStream().readNBytes(2);
                socket.getOutputStream().write(socksConnect);
                socket.getInputStream().readNBytes(10);
            }
            socket.getOutputStream().write("ping".getBytes(StandardCharsets.UTF_8));
            String answer = new String(socket.getInputStream().readNBytes(4), StandardCharsets.UTF_8);
            return new Seen(answer, ServerLog.kindsOf(session.serverLog()));
        }
    }
}
