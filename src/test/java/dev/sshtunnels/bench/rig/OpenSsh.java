package dev.sshtunnels.bench.rig;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code ssh -N}, with nothing of the user's own configuration, keys or agent. */
public final class OpenSsh implements Client {

    @Override
    public String name() {
        return "ssh";
    }

    @Override
    public List<String> command(Login login, List<Forward> forwards, Path directory) {
        List<String> command = new ArrayList<>(List.of("ssh", "-F", "none", "-N", "-T"));
        List.of(
                        "BatchMode=yes",
                        "Ciphers=" + Rig.CIPHER,
                        "Compression=no",
                        "ControlPath=none",
                        "ExitOnForwardFailure=yes",
                        "GlobalKnownHostsFile=/dev/null",
                        "IdentitiesOnly=yes",
                        "IdentityAgent=none",
                        "IdentityFile=" + login.identity(),
                        "LogLevel=ERROR",
                        "StrictHostKeyChecking=yes",
                        "UserKnownHostsFile=" + login.knownHosts())
                .forEach(option -> command.addAll(List.of("-o", option)));
        forwards.forEach(forward -> command.addAll(List.of("-" + forward.letter(), specification(forward))));
        command.addAll(List.of("-p", Integer.toString(login.port()), login.user() + "@" + login.host()));
        return command;
    }

    private static String specification(Forward forward) {
        return "127.0.0.1:" + forward.listen() + ":127.0.0.1:" + forward.target();
    }
}
