package dev.sshtunnels.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sshtunnels.testing.AgentProcess;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("An agent whose event loop breaks")
class BrokenLoopIT extends IsolationScenario {

    /** Needed by the first client of a SOCKS listener, and not before. */
    private static final String MISSING = "dev/sshtunnels/forward/local/SocksNegotiation.class";

    @Test
    void endsWithAStatusThatAsksForARestart() throws Exception {
        TunnelAgent agent = agent().dynamic("socks")
                .by("sh", "-c", "shift; exec " + brokenDistribution() + "/bin/sshtunnel \"$@\"", "sh")
                .start();

        connect(agent.port("socks"));

        assertThat(agent.process().awaitEnd()).isEqualTo(1);
        assertThat(agent.process().log())
                .anyMatch(line -> line.contains("the agent ends: the event loop failed: java.lang.NoClassDefFound"));
    }

    /** What a process finds whose files were replaced while it ran: a class is gone. */
    private Path brokenDistribution() throws IOException {
        Path broken = directory.resolve("broken");
        Files.createDirectories(broken.resolve("bin"));
        Files.createDirectories(broken.resolve("lib"));
        copy("agent.classpath", broken);
        copy("bin/sshtunnel", broken);
        copy("app.jar", broken);
        for (String library : Files.readAllLines(broken.resolve("agent.classpath"))) {
            copy("lib/" + library, broken);
        }
        try (FileSystem jar = FileSystems.newFileSystem(broken.resolve("app.jar"))) {
            Files.delete(jar.getPath(MISSING));
        }
        return broken;
    }

    private static void copy(String file, Path to) throws IOException {
        Files.copy(AgentProcess.DISTRIBUTION.resolve(file), to.resolve(file), StandardCopyOption.COPY_ATTRIBUTES);
    }
}
