package dev.sshtunnels.forward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sshtunnels.api.Reason;
import dev.sshtunnels.testing.Sshd;
import dev.sshtunnels.testing.UnixServer;
import dev.sshtunnels.tunnel.Finding;
import dev.sshtunnels.tunnel.Forward;
import dev.sshtunnels.tunnel.HostPort;
import dev.sshtunnels.tunnel.SocketPath;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** An L forward to a Unix socket on the server: {@code ssh -L port:/path}. */
class UnixSocketTest extends ForwardingScenario {

    @Test
    void bytesAndHalfCloseArriveAtAProcessBehindASocket() throws Exception {
        byte[] data = new byte[5 << 20];
        new Random(1).nextBytes(data);
        try (UnixServer server = UnixServer.reversing(socket("reversing"))) {
            Forwarding.Opened forward = local(forwarding, server.path());
            try (Socket client = new Socket("127.0.0.1", forward.port())) {
                Thread.ofVirtual().start(() -> sendAll(client, data));
                byte[] reply = client.getInputStream().readAllBytes();
                assertThat(Arrays.equals(reply, UnixServer.reversed(data))).isTrue();
            }
            assertThat(forward.target())
                    .isEqualTo(new Finding(Reason.TargetConnected, server.path() + " accepts connections"));
        }
        awaitNoChannels();
    }

    @Test
    void aSocketWithoutAProcessResetsTheClientAndIsNamed() throws Exception {
        Path nobody = socket("nobody");
        Forwarding.Opened missing = local(forwarding, nobody);
        assertReset(missing);
        assertThat(missing.target().message())
                .startsWith(nobody + " cannot be connected to by the server")
                .contains("AllowStreamLocalForwarding");
        Files.createFile(nobody);
        Forwarding.Opened notASocket = local(forwarding, nobody);
        assertReset(notASocket);
        assertThat(notASocket.target().reason()).isEqualTo(Reason.TargetUnreachable);
    }

    @Test
    void aServerThatForbidsUnixSocketsResetsTheClientAndIsNamed() throws Exception {
        try (UnixServer server = UnixServer.reversing(socket("forbidden"));
                Sshd strict = Sshd.builder()
                        .authorize(key)
                        .config("AllowStreamLocalForwarding no")
                        .start();
                Forwarding refused = new Forwarding(strict, key)) {
            Forwarding.Opened forward = local(refused, server.path());
            assertReset(forward);
            Finding found = forward.target();
            assertThat(found.reason()).isEqualTo(Reason.TargetUnreachable);
            assertThat(found.message()).contains("AllowStreamLocalForwarding");
        }
    }

    private static void assertReset(Forwarding.Opened forward) throws Exception {
        try (Socket client = new Socket("127.0.0.1", forward.port())) {
            assertThat(client.isConnected()).isTrue();
            assertThatThrownBy(() -> client.getInputStream().read()).hasMessageContaining("reset");
        }
    }

    private static void sendAll(Socket client, byte[] data) {
        try {
            client.getOutputStream().write(data);
            client.shutdownOutput();
        } catch (Exception _) {
            // The reader sees that something is missing.
        }
    }

    private static Forwarding.Opened local(Forwarding over, Path path) throws Exception {
        return over.open(new Forward.Local(
                "l", new HostPort("localhost", Forwarding.freePort()), new SocketPath(path.toString())));
    }

    private static Path socket(String name) {
        return directory.resolve(name + ".sock");
    }
}
