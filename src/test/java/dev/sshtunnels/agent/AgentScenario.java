package dev.sshtunnels.agent;

import dev.sshtunnels.testing.ClientKeys;
import dev.sshtunnels.testing.ClientKeys.ClientKey;
import dev.sshtunnels.testing.Sshd;
import dev.sshtunnels.testing.TcpServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** An agent, not started and without documents, a real sshd that takes a key of its, and a target that echoes. */
abstract class AgentScenario {

    static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    Path directory;

    ClientKeys keys;
    ClientKey key;
    Sshd sshd;
    TcpServer echo;
    RunningAgent agent;

    @BeforeEach
    final void startServers() throws IOException {
        keys = new ClientKeys(directory);
        key = keys.ed25519();
        sshd = Sshd.accepting(key);
        echo = TcpServer.echo();
        agent = new RunningAgent(directory);
    }

    @AfterEach
    final void stopAll() throws IOException {
        agent.close();
        echo.close();
        sshd.close();
    }
}
