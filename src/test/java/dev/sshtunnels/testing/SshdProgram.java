package dev.sshtunnels.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * An OpenSSH server as it is on this machine.
 *
 * @param command its program, by the absolute path that it wants, with the options that it needs to find its helpers
 * @param hasPenalties whether it knows {@code PerSourcePenalties} (since 9.8)
 */
public record SshdProgram(List<String> command, boolean hasPenalties) {

    private static final Path OWN = Path.of("/usr/sbin/sshd");
    private static final int PENALTIES = 908;

    /** The one that is installed. */
    static SshdProgram installed() {
        if (!Files.isExecutable(OWN)) {
            throw new IllegalStateException(
                    OWN + " is missing: install the package openssh-server (and openssh-client)");
        }
        return new SshdProgram(List.of(OWN.toString()), version() >= PENALTIES);
    }

    /** OpenSSH 9.9 or later, which {@code dev/newer-sshd} finds or fetches; without one the test is skipped. */
    public static SshdProgram newer() {
        String words = DevScript.run("newer-sshd", List.of()).outputOfSuccess();
        return new SshdProgram(words.lines().toList(), true);
    }

    /** Of the client, which tells it by all versions in the same way. */
    private static int version() {
        String banner = Commands.run(List.of("ssh", "-V"));
        String[] version =
                banner.replaceFirst("(?s)^OpenSSH_(\\d+)\\.(\\d+).*", "$1 $2").split(" ");
        return Integer.parseInt(version[0]) * 100 + Integer.parseInt(version[1]);
    }
}
