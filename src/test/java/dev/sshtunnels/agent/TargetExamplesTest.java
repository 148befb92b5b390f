package dev.sshtunnels.agent;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sshtunnels.api.Reason;
import dev.sshtunnels.testing.ClientKeys;
import dev.sshtunnels.testing.Ports;
import dev.sshtunnels.testing.SocksClient;
import dev.sshtunnels.testing.Sshd;
import dev.sshtunnels.testing.TcpServer;
import dev.sshtunnels.testing.UnixServer;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples whose targets need no cluster, with the names and ports of this machine in the place of theirs. */
class TargetExamplesTest {

    @TempDir
    Path directory;

    private Sshd sshd;
    private RunningAgent agent;

    @BeforeEach
    void start() throws IOException {
        ClientKeys.ClientKey key = new ClientKeys(directory).ed25519();
        sshd = Sshd.accepting(key);
        agent = new RunningAgent(directory).key(key);
    }

    @AfterEach
    void stop() {
        agent.close();
        sshd.close();
    }

    @Test
    void aUnixSocketOnTheBastionIsReached() throws Exception {
        int port = Ports.OF_THIS_RUN.next();
        try (UnixServer database = UnixServer.reversing(directory.resolve("database.sock"))) {
            run(
                    "unix-socket",
                    text -> text.replace("/run/postgresql/.s.PGSQL.5432", "" + database.path())
                            .replace("{port: 5432}", "{address: 127.0.0.1, port: " + port + "}"));
            try (Socket client = new Socket("127.0.0.1", port)) {
                client.getOutputStream().write("olleh".getBytes(UTF_8));
                client.shutdownOutput();
                assertThat(client.getInputStream().readAllBytes()).isEqualTo("hello".getBytes(UTF_8));
            }
            assertThat(agent.status().tunnels().getFirst().forwards())
                    .singleElement()
                    .satisfies(forward -> {
                        assertThat(forward.target()).isEqualTo("" + database.path());
                        assertThat(forward.targetReason()).isEqualTo(Reason.TargetConnected);
                    });
        }
    }

    @Test
    void theBastionReachesWhatIsListedByRemoteSocksAndNothingElse() throws Exception {
        int proxy = Ports.OF_THIS_RUN.next();
        try (TcpServer web = TcpServer.echo();
                TcpServer other = TcpServer.echo()) {
            run(
                    "remote-socks",
                    text -> text.replace("web.default.svc.cluster.local:80", "localhost:" + web.port())
                            .replace("{port: 1080}", "{port: " + proxy + "}"));
            try (SocksClient client = new SocksClient(proxy)) {
                assertThat(client.connect("localhost", web.port())).isZero();
                client.send("ping".getBytes(UTF_8));
                assertThat(client.read(4)).isEqualTo("ping".getBytes(UTF_8));
            }
            try (SocksClient client = new SocksClient(proxy)) {
                assertThat(client.connect("localhost", other.port())).isEqualTo(2);
            }
            assertThat(agent.get("/metrics").body())
                    .containsPattern("sshtunnel_socks_refused_total\\{.*reason=\"DestinationNotAllowed\".*} 1.0");
        }
    }

    private void run(String example, UnaryOperator<String> here) throws Exception {
        Path documents = Path.of("examples", example);
        agent.document(
                "server",
                Files.readString(documents.resolve("server.yaml"))
                        .replace("bastion.onprem.example", sshd.host())
                        .replace("port: 22", "port: " + sshd.port())
                        .replace("user: tunnel", "user: " + sshd.user()));
        agent.document("tunnel", here.apply(Files.readString(documents.resolve("tunnel.yaml"))));
        agent.document("known-hosts", """
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: bastion-known-hosts}
                binaryData: {known_hosts: %s}
                """.formatted(
                        Base64.getEncoder().encodeToString(sshd.hostKeyLine().getBytes(UTF_8))));
        agent.start().awaitReady();
    }
}
