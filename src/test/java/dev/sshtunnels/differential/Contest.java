package dev.sshtunnels.differential;

import dev.sshtunnels.testing.ClientKeys.ClientKey;
import dev.sshtunnels.testing.Sshd;
import java.nio.file.Path;
import java.util.List;

/** {@code ssh} and the agent, one after the other, with the same forwards, ports and server. */
public final class Contest implements AutoCloseable {

    private final Contestant ssh;
    private final Contestant agent;

    private Contest(Server server, Path directory) {
        this.ssh = new OpenSsh(server, directory);
        this.agent = new TheAgent(server, directory);
    }

    /** A contest for the sshd, which takes the key; the directory is the test's. */
    public static Contest at(Sshd sshd, ClientKey key, Path directory) {
        return new Contest(new Server(sshd, key, List.of(), List.of()), directory);
    }

    /** The same with settings of the session: values of {@code ssh -o}, and lines of the SshServer's spec for them. */
    public static Contest at(
            Sshd sshd, ClientKey key, Path directory, List<String> sshOptions, List<String> specLines) {
        return new Contest(new Server(sshd, key, sshOptions, specLines), directory);
    }

    /** Both are asked for these forwards. */
    public Scenario with(Wanted... forwards) {
        return with(List.of(forwards));
    }

    public Scenario with(List<Wanted> forwards) {
        return new Scenario(List.of(ssh, agent), forwards);
    }

    @Override
    public void close() {
        agent.close();
    }
}
