package dev.sshtunnels.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sshtunnels.agent.files.Inputs;
import dev.sshtunnels.agent.plan.InvalidDocumentsException;
import dev.sshtunnels.testing.ClientKeys;
import dev.sshtunnels.testing.ClientKeys.ClientKey;
import dev.sshtunnels.testing.Exchange;
import dev.sshtunnels.testing.Ports;
import dev.sshtunnels.testing.Sshd;
import dev.sshtunnels.testing.TcpServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Without a cluster: the documents of the cluster, with keys and host keys from wherever a person has them. */
class LaptopTest {

    @TempDir
    Path directory;

    private ClientKey key;
    private Sshd sshd;
    private TcpServer echo;
    private int port;

    @BeforeEach
    void start() throws IOException {
        key = new ClientKeys(directory).ed25519();
        sshd = Sshd.accepting(key);
        echo = TcpServer.echo();
        port = Ports.OF_THIS_RUN.next();
    }

    @AfterEach
    void stop() throws IOException {
        echo.close();
        sshd.close();
    }

    @Test
    void oneTunnelWithItsServerInsideAndTheUsersOwnFiles() throws Exception {
        Path knownHosts = Files.writeString(directory.resolve("known_hosts"), sshd.hostKeyLine() + "\n");
        Path file = Files.writeString(directory.resolve("tunnel.yaml"), tunnel());

        runsWith(new Inputs(List.of(file), null, key.privateFile(), knownHosts, null, null));
    }

    @Test
    void standardInputWithTheSecretAndTheConfigMapAsDocuments() throws Exception {
        String documents =
                tunnel() + """
                ---
                apiVersion: v1
                kind: Secret
                metadata: {name: bastion-key}
                data: {ssh-privatekey: "%s"}
                ---
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: bastion-hosts}
                data: {known_hosts: "%s"}
                """.formatted(Base64.getEncoder().encodeToString(key.bytes()), sshd.hostKeyLine());

        runsWith(new Inputs(List.of(), documents, null, null, null, null));
    }

    @Test
    void directoriesOfSecretsAndConfigMaps() throws Exception {
        Path secret = Files.createDirectories(directory.resolve("secrets/bastion-key"));
        Files.write(secret.resolve("ssh-privatekey"), key.bytes());
        Path configMap = Files.createDirectories(directory.resolve("config-maps/bastion-hosts"));
        Files.writeString(configMap.resolve("known_hosts"), sshd.hostKeyLine());
        Path file = Files.writeString(directory.resolve("tunnel.yaml"), tunnel());

        runsWith(new Inputs(List.of(file), null, null, null, secret.getParent(), configMap.getParent()));
    }

    private void runsWith(Inputs inputs) throws IOException, InvalidDocumentsException {
        Agent agent = Agent.start(new AgentSettings(inputs, null, Duration.ZERO));
        try {
            await().atMost(Duration.ofSeconds(20)).until(() -> Exchange.works(port));
        } finally {
            agent.close();
        }
        assertThat(Exchange.works(port)).isFalse();
    }

    private String tunnel() {
        return """
                apiVersion: sshtunnels.dev/v1alpha1
                kind: SshTunnel
                metadata: {name: db}
                spec:
                  mode: L
                  listen: {address: 127.0.0.1, port: %d}
                  target: {host: 127.0.0.1, port: %d}
                  server:
                    endpoints: [{host: %s, port: %d}]
                    user: %s
                    auth: {privateKeySecretRef: {name: bastion-key}}
                    hostKeys: {knownHostsFrom: {configMapRef: {name: bastion-hosts}}}
                """.formatted(port, echo.port(), sshd.host(), sshd.port(), sshd.user());
    }
}
