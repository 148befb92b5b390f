package dev.sshtunnels.differential;

import dev.sshtunnels.testing.ClientKeys.ClientKey;
import dev.sshtunnels.testing.Ports;
import dev.sshtunnels.testing.Sshd;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

/** A session of {@code ssh} and one of the agent beside each other, with the same forwards on other ports. */
final class BothSessions implements AutoCloseable {

    private final Contestant ssh;
    private final Contestant agent;
    private final Session withSsh;
    private final Session withAgent;

    private BothSessions(Server server, Path directory, Function<Ports, List<Wanted>> forwards) {
        ssh = new OpenSsh(server, directory);
        agent = new TheAgent(server, directory);
        Ports ports = Ports.OF_THIS_RUN;
        withSsh = ssh.hold(forwards.apply(ports));
        withAgent = agent.hold(forwards.apply(ports));
    }

    /** The forwards are asked for once for each of the two, to be given ports. */
    static BothSessions open(Sshd sshd, ClientKey key, Path directory, Function<Ports, List<Wanted>> forwards) {
        return open(new Server(sshd, key, List.of(), List.of()), directory, forwards);
    }

    static BothSessions open(Server server, Path directory, Function<Ports, List<Wanted>> forwards) {
        return new BothSessions(server, directory, forwards);
    }

    Session withSsh() {
        return withSsh;
    }

    Session withAgent() {
        return withAgent;
    }

    @Override
    public void close() {
        withSsh.close();
        ssh.close();
        agent.close();
    }
}
