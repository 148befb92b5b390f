package dev.sshtunnels.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code sshtunnel run} as on a laptop: this machine reaches the bastion, and no Kubernetes is asked. */
@DisplayName("The example for a laptop works without a cluster")
class LaptopE2E {

    private static final Path EXAMPLE = Path.of("examples", "laptop", "tunnel.yaml");

    private final OnPrem onPrem = OnPrem.up();
    private Process agent;

    @BeforeEach
    void run(@TempDir Path directory) throws IOException {
        // this machine's DNS does not know the bastion; its known_hosts line has name and address
        String documents = Files.readString(EXAMPLE).replace(onPrem.bastion(), onPrem.get("BASTION_ADDRESS"));
        Path file = Files.writeString(directory.resolve("tunnel.yaml"), documents);
        agent = Script.of(
                        System.getProperty("sshtunnels.dist") + "/bin/sshtunnel",
                        "run",
                        "-f",
                        file.toString(),
                        "--identity",
                        onPrem.get("CLIENT_KEY"),
                        "--known-hosts",
                        onPrem.get("KNOWN_HOSTS"))
                .with("JAVA_HOME", System.getProperty("java.home"))
                .start();
    }

    @AfterEach
    void end() throws InterruptedException {
        agent.destroy();
        agent.waitFor();
    }

    @Test
    void thisMachineReachesTheDatabaseAndBrowsesBehindTheBastion() {
        Script query = Script.of(
                        "psql",
                        "-h",
                        "localhost",
                        "-p",
                        "15432",
                        "-U",
                        onPrem.get("DB_USER"),
                        "-At",
                        "orders",
                        "-c",
                        "select customer from orders where id = 2")
                .with("PGPASSWORD", onPrem.get("DB_PASSWORD"));
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(query.run().orFail()).isEqualTo("Grace"));

        Script page = Script.of(
                "curl", "-sS", "--max-time", "10", "--proxy", "socks5h://localhost:1080", "http://web.onprem.example/");
        assertThat(page.run().orFail()).contains("The intranet");
    }
}
