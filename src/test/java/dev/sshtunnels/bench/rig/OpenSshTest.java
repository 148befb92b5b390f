package dev.sshtunnels.bench.rig;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenSshTest {

    @Test
    void sshTakesNothingFromTheUsersConfiguration(@TempDir Path directory) {
        Login login = new Login("192.0.2.7", 2222, "someone", Path.of("/keys/id"), Path.of("/keys/known_hosts"));
        List<Forward> forwards =
                List.of(new Forward(Route.HTTP, 20_001, 80), new Forward(Route.REMOTE_BULK, 20_002, 5201));

        List<String> command = new ArrayList<>(new OpenSsh().command(login, forwards, directory));
        command.add(1, "-G");

        assertThat(Tool.run(command, Duration.ofSeconds(10)).lines())
                .contains(
                        "hostname 192.0.2.7",
                        "port 2222",
                        "user someone",
                        "ciphers aes128-gcm@openssh.com",
                        "compression no",
                        "stricthostkeychecking true",
                        "userknownhostsfile /keys/known_hosts",
                        "identityfile /keys/id",
                        "identitiesonly yes",
                        "localforward [127.0.0.1]:20001 [127.0.0.1]:80",
                        "remoteforward [127.0.0.1]:20002 [127.0.0.1]:5201");
    }
}
