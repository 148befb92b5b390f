package dev.sshtunnels.forward.local;

import dev.sshtunnels.api.Access;
import dev.sshtunnels.forward.ForwardingScenario;
import dev.sshtunnels.testing.TcpServer;
import dev.sshtunnels.tunnel.AccessRules;
import dev.sshtunnels.tunnel.SocksPolicy;
import dev.sshtunnels.tunnel.SocksRules;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Clients of several addresses in front of a tunnel with rules. */
abstract class AdmissionScenario extends ForwardingScenario {

    TcpServer echo;

    @BeforeEach
    void startTarget() {
        echo = TcpServer.echo();
    }

    @AfterEach
    void stopTarget() throws IOException {
        echo.close();
    }

    static AccessRules rules(
            List<String> sourceRanges, Integer maxConnections, Integer maxPerSource, String idleTimeout) {
        Access access = new Access(sourceRanges, maxConnections, maxPerSource, idleTimeout, null, null, null);
        return AccessRules.of(access, new SocksPolicy.Serve(SocksRules.OPEN));
    }

    static Socket from(String source, int port) throws IOException {
        Socket socket = new Socket("127.0.0.1", port, InetAddress.getByName(source), 0);
        socket.setSoTimeout(20_000);
        return socket;
    }

    static boolean endsWithReset(Socket client) throws IOException {
        try {
            return client.getInputStream().read() == -2;
        } catch (SocketException e) {
            return e.getMessage().contains("reset");
        }
    }
}
