package dev.sshtunnels.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Runs where the bastion's name is known and its address reachable, which is on the bastion's own network. */
@DisplayName("The example for a laptop works without a cluster")
class LaptopExampleE2E {

    private static final String LAPTOP = "bastion";

    @Test
    void theCommandForwardsUntilItIsInterrupted() throws InterruptedException {
        OnPrem onPrem = OnPrem.up();
        Process command = Script.dev(
                        "onprem",
                        "exec",
                        LAPTOP,
                        Path.of(System.getProperty("sshtunnels.dist"), "bin", "sshtunnel")
                                .toString(),
                        "run",
                        "-f",
                        "examples/laptop",
                        "--identity",
                        onPrem.get("CLIENT_KEY"),
                        "--known-hosts",
                        onPrem.get("KNOWN_HOSTS"))
                .start();
        try {
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> onPrem.bastionListens(15432) && onPrem.bastionListens(1080));

            assertThat(onPrem.exec(
                                    LAPTOP,
                                    "env",
                                    "PGPASSWORD=" + onPrem.get("DB_PASSWORD"),
                                    "psql",
                                    "-qAt",
                                    "-h",
                                    "127.0.0.1",
                                    "-p",
                                    "15432",
                                    "-U",
                                    onPrem.get("DB_USER"),
                                    "-d",
                                    onPrem.get("DB_NAME"),
                                    "-c",
                                    "select count(*) from orders")
                            .orFail())
                    .isEqualTo("3");
            assertThat(onPrem.exec(
                                    LAPTOP,
                                    "curl",
                                    "-sS",
                                    "--max-time",
                                    "10",
                                    "--proxy",
                                    "socks5h://127.0.0.1:1080",
                                    "http://web.onprem.example/")
                            .orFail())
                    .contains("The intranet");
        } finally {
            command.destroy();
        }
        assertThat(command.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(onPrem.bastionListens(15432)).isFalse();
    }
}
