package dev.sshtunnels.faults.transport;

import static dev.sshtunnels.api.Reason.ServerDisconnected;
import static dev.sshtunnels.faults.Row.F29;
import static dev.sshtunnels.faults.Row.F31;
import static dev.sshtunnels.faults.Stage.TUNNEL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sshtunnels.faults.Covers;
import dev.sshtunnels.faults.FaultAgent;
import dev.sshtunnels.faults.FaultScenario;
import dev.sshtunnels.faults.Incident;
import dev.sshtunnels.testing.ClientKeys;
import dev.sshtunnels.testing.ClientKeys.ClientKey;
import dev.sshtunnels.testing.TcpServer;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A server that is not OpenSSH")
class OtherServersFaultIT extends FaultScenario {

    /** Several times the silence after which a server is asked for a sign of life. */
    private static final Duration QUIET = Duration.ofSeconds(20);

    private TcpServer echo;

    @BeforeEach
    void startTarget() {
        echo = untilTheEnd(TcpServer.echo());
    }

    @Test
    @Covers(F29)
    void dropbearAnswersSignsOfLifeInItsOwnWay() throws Exception {
        Dropbear dropbear = untilTheEnd(new Dropbear(directory, key()));
        FaultAgent agent = loggedIn(key(), dropbear.port(), dropbear.hostKey());

        Incident.of(F29, "Dropbear, which does not know keepalive@openssh.com")
                .inject("Dropbear, and 20 s without traffic", () -> {})
                .lasts(QUIET)
                .keepsSession(agent)
                .passed();
        assertThat(agent.passes(TUNNEL)).isTrue();
    }

    @Test
    @Covers(F29)
    void minaAnswersSignsOfLifeInItsOwnWay() throws Exception {
        OtherServer server = untilTheEnd(new OtherServer());
        FaultAgent agent = loggedIn(server);

        Incident.of(F29, "Apache MINA SSHD")
                .inject("Apache MINA SSHD, and 20 s without traffic", () -> {})
                .lasts(QUIET)
                .keepsSession(agent)
                .passed();
        assertThat(agent.passes(TUNNEL)).isTrue();
    }

    @Test
    @Covers(F31)
    void saysWhyItEndsASession() throws Exception {
        OtherServer server = untilTheEnd(new OtherServer());
        FaultAgent agent = loggedIn(server);

        Incident.of(F31, F31.fault())
                .inject(
                        "SSH_MSG_DISCONNECT, \"down for maintenance\"",
                        () -> server.disconnectAll("down for maintenance"))
                .shows(agent, Duration.ofSeconds(1), ServerDisconnected)
                .says(agent, "down for maintenance")
                .end(() -> {})
                .recovers(Duration.ofSeconds(3), () -> agent.passes(TUNNEL))
                .passed();
    }

    /** Without a further library this server knows no Ed25519. */
    private FaultAgent loggedIn(OtherServer server) throws IOException {
        ClientKey ecdsa = new ClientKeys(directory).make("ecdsa", 0, ClientKeys.Format.OPENSSH, "");
        return loggedIn(ecdsa, server.port(), server.hostKey());
    }

    private FaultAgent loggedIn(ClientKey key, int port, String hostKey) throws IOException {
        return agent(key)
                .server("127.0.0.1", port, System.getProperty("user.name"), hostKey)
                .local(TUNNEL, "127.0.0.1", echo.port())
                .start()
                .awaitReady();
    }
}
