package dev.sshtunnels.differential;

import static dev.sshtunnels.differential.Wanted.dynamic;
import static dev.sshtunnels.differential.Wanted.local;
import static dev.sshtunnels.differential.Wanted.remote;

import dev.sshtunnels.testing.ClientKeys;
import dev.sshtunnels.testing.ClientKeys.ClientKey;
import dev.sshtunnels.testing.Exchange;
import dev.sshtunnels.testing.Ports;
import dev.sshtunnels.testing.Sshd;
import dev.sshtunnels.testing.TcpServer;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The three modes at their plainest. */
class ForwardingTest {

    @TempDir
    Path directory;

    private final Ports ports = Ports.OF_THIS_RUN;
    private Sshd sshd;
    private TcpServer echo;
    private Contest contest;

    @BeforeEach
    void start() {
        ClientKey key = new ClientKeys(directory).ed25519();
        sshd = Sshd.accepting(key);
        echo = TcpServer.echo();
        contest = Contest.at(sshd, key, directory);
    }

    @AfterEach
    void stop() throws IOException {
        contest.close();
        echo.close();
        sshd.close();
    }

    @Test
    void theTargetAnswersThroughL() throws Exception {
        contest.with(local(ports.next()).to(echo.port())).bothSee("ping", ForwardingTest::echoed);
    }

    @Test
    void theTargetAnswersThroughR() throws Exception {
        contest.with(remote(ports.next()).to(echo.port())).bothSee("ping", ForwardingTest::echoed);
    }

    @Test
    void theTargetAnswersThroughRWithAPortThatTheServerChose() throws Exception {
        contest.with(remote(0).to(echo.port())).bothSee("ping", ForwardingTest::echoed);
    }

    @Test
    void theTargetAnswersThroughD() throws Exception {
        contest.with(dynamic(ports.next())).bothSee("ping", session -> {
            try (Exchange exchange = Exchange.throughSocks(session.port(0), echo.port())) {
                return exchange.say("ping");
            }
        });
    }

    private static String echoed(Session session) throws IOException {
        try (Exchange exchange = Exchange.with(session.port(0))) {
            return exchange.say("ping");
        }
    }
}
