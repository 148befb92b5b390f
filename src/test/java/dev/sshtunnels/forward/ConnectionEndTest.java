package dev.sshtunnels.forward;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sshtunnels.forward.contract.ConnectionEnd;
import dev.sshtunnels.forward.contract.OpenForward;
import dev.sshtunnels.testing.Ports;
import dev.sshtunnels.testing.TcpServer;
import java.net.Socket;
import org.junit.jupiter.api.Test;

/** Why a connection ended, as its forward's listener is told; for each of the ends that can be told apart. */
class ConnectionEndTest extends ForwardingScenario {

    @Test
    void whoeverEndsItsDirectionFirstHasClosed() throws Exception {
        try (TcpServer echo = TcpServer.echo();
                TcpServer goodbye =
                        TcpServer.on(client -> client.getOutputStream().write(7))) {
            Forwarding.Opened toEcho = forwarding.local(echo.port());
            try (Socket client = new Socket("127.0.0.1", toEcho.port())) {
                roundTrip(client);
            }
            assertThat(toEcho.end()).isEqualTo(ConnectionEnd.ClientClosed);

            Forwarding.Opened toGoodbye = forwarding.local(goodbye.port());
            try (Socket client = new Socket("127.0.0.1", toGoodbye.port())) {
                assertThat(client.getInputStream().readAllBytes()).containsExactly(7);
            }
            assertThat(toGoodbye.end()).isEqualTo(ConnectionEnd.TargetClosed);
        }
    }

    @Test
    void forARemoteForwardTheSocketHereIsTheTarget() throws Exception {
        try (TcpServer echo = TcpServer.echo();
                TcpServer goodbye =
                        TcpServer.on(client -> client.getOutputStream().write(7))) {
            Forwarding.Opened toEcho = forwarding.remote(echo.port());
            try (Socket client = new Socket("127.0.0.1", toEcho.port())) {
                roundTrip(client);
            }
            assertThat(toEcho.end()).isEqualTo(ConnectionEnd.ClientClosed);

            Forwarding.Opened toGoodbye = forwarding.remote(goodbye.port());
            try (Socket client = new Socket("127.0.0.1", toGoodbye.port())) {
                assertThat(client.getInputStream().readAllBytes()).containsExactly(7);
            }
            assertThat(toGoodbye.end()).isEqualTo(ConnectionEnd.TargetClosed);
        }
    }

    @Test
    void aResetIsToldFromAClose() throws Exception {
        try (TcpServer echo = TcpServer.echo();
                TcpServer rude = TcpServer.on(client -> {
                    client.getInputStream().read();
                    client.setSoLinger(true, 0);
                    client.close();
                })) {
            Forwarding.Opened local = forwarding.local(echo.port());
            try (Socket client = new Socket("127.0.0.1", local.port())) {
                roundTrip(client);
                client.setSoLinger(true, 0);
            }
            assertThat(local.end()).isEqualTo(ConnectionEnd.ClientReset);

            Forwarding.Opened remote = forwarding.remote(rude.port());
            try (Socket client = new Socket("127.0.0.1", remote.port())) {
                client.getOutputStream().write(1);
                assertThat(remote.end()).isEqualTo(ConnectionEnd.TargetReset);
            }
        }
    }

    @Test
    void aTargetThatRefusesIsNotReachedInAllModes() throws Exception {
        int closed = Ports.OF_THIS_RUN.next();
        for (Forwarding.Opened forward :
                new Forwarding.Opened[] {forwarding.local(closed), forwarding.remote(closed)}) {
            try (Socket client = new Socket("127.0.0.1", forward.port())) {
                readOrReset(client);
            }
            assertThat(forward.end()).isEqualTo(ConnectionEnd.TargetNotReached);
        }
    }

    @Test
    void aForwardThatIsRemovedAndALostSessionEndTheirConnections() throws Exception {
        try (TcpServer echo = TcpServer.echo()) {
            Forwarding.Opened removed = forwarding.local(echo.port());
            Forwarding.Opened lost = forwarding.local(echo.port());
            try (Socket first = new Socket("127.0.0.1", removed.port());
                    Socket second = new Socket("127.0.0.1", lost.port())) {
                roundTrip(first);
                roundTrip(second);

                removed.close(OpenForward.Connections.RESET);
                assertThat(removed.end()).isEqualTo(ConnectionEnd.ForwardClosed);

                sshd.killSessions();
                assertThat(lost.end()).isEqualTo(ConnectionEnd.SessionLost);
            }
        }
    }
}
