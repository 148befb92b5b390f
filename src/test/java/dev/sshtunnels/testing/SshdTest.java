package dev.sshtunnels.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SshdTest {

    @TempDir
    Path directory;

    @Test
    void opensshsOwnClientLogsIn() throws Exception {
        var key = new ClientKeys(directory).ed25519();
        try (Sshd sshd = Sshd.accepting(key)) {
            assertThat(runTrue(sshd, key)).contains("hello");
            assertThat(sshd.logged("Accepted publickey for " + sshd.user())).isEqualTo(1);
        }
    }

    @Test
    void comesBackOnTheSamePortAfterARestart() throws Exception {
        var key = new ClientKeys(directory).ed25519();
        try (Sshd sshd = Sshd.accepting(key)) {
            sshd.restart();
            assertThat(runTrue(sshd, key)).contains("hello");
        }
    }

    private String runTrue(Sshd sshd, ClientKeys.ClientKey key) throws Exception {
        Path knownHosts = Files.writeString(directory.resolve("known_hosts"), sshd.hostKeyLine() + "\n");
        return Commands.run(List.of(
                "ssh",
                "-F",
                "none",
                "-o",
                "BatchMode=yes",
                "-o",
                "UserKnownHostsFile=" + knownHosts,
                "-i",
                key.privateFile().toString(),
                "-p",
                Integer.toString(sshd.port()),
                sshd.user() + "@" + sshd.host(),
                "echo hello"));
    }
}
