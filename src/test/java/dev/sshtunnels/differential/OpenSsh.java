package dev.sshtunnels.differential;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The yardstick: {@code ssh -N}, a process for each session, without the user's files. */
final class OpenSsh implements Contestant {

    private final Server server;
    private final Path knownHosts;

    OpenSsh(Server server, Path directory) {
        this.server = server;
        this.knownHosts = directory.resolve("ssh_known_hosts");
        try {
            Files.createDirectories(directory);
            Files.writeString(knownHosts, server.sshd().hostKeyLine() + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Session hold(List<Wanted> forwards) {
        try {
            OpenSshSession session = new OpenSshSession(server, forwards, command(forwards));
            try {
                session.awaitForwards();
            } catch (RuntimeException e) {
                session.close();
                throw e;
            }
            return session;
        } catch (IOException e) {
            throw new UncheckedIOException("ssh cannot be run; install the package openssh-client", e);
        }
    }

    private List<String> command(List<Wanted> forwards) {
        List<String> command = new ArrayList<>(List.of("ssh", "-v", "-N", "-T", "-F", "none"));
        List<String> options = new ArrayList<>(server.sshOptions());
        options.addAll(List.of("BatchMode=yes", "StrictHostKeyChecking=yes", "ControlPath=none", "IdentityAgent=none"));
        options.addAll(
                List.of("IdentitiesOnly=yes", "IdentityFile=" + server.key().privateFile()));
        options.addAll(List.of("GlobalKnownHostsFile=none", "UserKnownHostsFile=" + knownHosts));
        options.add("GatewayPorts=" + yesOrNo(forwards.stream().map(Wanted::gateway)));
        options.add("ClearAllForwardings=" + yesOrNo(forwards.stream().map(Wanted::suspended)));
        options.forEach(option -> command.addAll(List.of("-o", option)));
        forwards.forEach(forward -> command.addAll(List.of("-" + forward.mode(), forward.sshArgument())));
        command.addAll(
                List.of("-p", "" + server.sshd().port(), "-l", server.sshd().user()));
        command.add(server.sshd().host());
        return command;
    }

    /** These are options of the session, for all its forwards or for none. */
    private static String yesOrNo(Stream<Boolean> ofTheForwards) {
        Set<Boolean> different = ofTheForwards.collect(Collectors.toSet());
        if (different.size() > 1) {
            throw new IllegalArgumentException("one ssh cannot have -g or ClearAllForwardings for some forwards only");
        }
        return different.contains(true) ? "yes" : "no";
    }

    @Override
    public String toString() {
        return "ssh";
    }
}
