package dev.sshtunnels.agent.metrics;

import dev.sshtunnels.ssh.Login;
import dev.sshtunnels.ssh.LoginFailedException;
import dev.sshtunnels.ssh.Rejections;
import dev.sshtunnels.ssh.SshConnection;
import dev.sshtunnels.ssh.SshConnector;
import java.time.Duration;

/** Measures how long logging in takes. */
public record MeasuredConnector(SshConnector connector, AgentMetrics metrics) implements SshConnector {

    @Override
    public SshConnection connect(Login login, Rejections rejections) throws LoginFailedException, InterruptedException {
        long began = System.nanoTime();
        SshConnection connection = connector.connect(login, rejections);
        metrics.loggedIn(Duration.ofNanos(System.nanoTime() - began));
        return connection;
    }
}
