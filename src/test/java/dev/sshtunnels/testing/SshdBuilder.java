package dev.sshtunnels.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Configures a {@link Sshd}. */
public final class SshdBuilder {

    private static final Path PRIVILEGE_SEPARATION = Path.of("/run/sshd");

    private final List<String> config = new ArrayList<>();
    private final List<String> authorizedKeys = new ArrayList<>();
    private List<String> hostKeyTypes = List.of("ed25519");
    private String account = System.getProperty("user.name");
    private String address = "127.0.0.1";
    private List<String> enter = List.of();
    private SshdProgram program = SshdProgram.installed();
    private int port;

    SshdBuilder() {}

    /** Another server than the one that is installed. */
    public SshdBuilder program(SshdProgram other) {
        program = other;
        return this;
    }

    /** Adds sshd_config lines; they come first, so that they win over the fixture's own. */
    public SshdBuilder config(String... lines) {
        config.addAll(List.of(lines));
        return this;
    }

    /** Takes a key, with options as in authorized_keys, such as {@code permitlisten="8080"}. */
    public SshdBuilder authorize(ClientKeys.ClientKey key, String... options) {
        String prefix = options.length == 0 ? "" : String.join(",", options) + " ";
        authorizedKeys.add(prefix + key.publicLine());
        return this;
    }

    /** Host keys: {@code ed25519}, {@code ecdsa}, {@code rsa}; ed25519 alone when not told. */
    public SshdBuilder hostKeys(String... types) {
        hostKeyTypes = List.of(types);
        return this;
    }

    /** Another account than the current user; the server is to run as root then. */
    public SshdBuilder account(String name) {
        account = name;
        return this;
    }

    /** A fixed port instead of a free one. */
    public SshdBuilder port(int fixed) {
        port = fixed;
        return this;
    }

    /** In another network: an address there, and what stands before a command that is to run there. */
    public SshdBuilder at(String there, List<String> command) {
        address = there;
        enter = command;
        return this;
    }

    public Sshd start() {
        try {
            Path directory = Files.createTempDirectory("sshd-test");
            int chosen = port == 0 ? Ports.OF_THIS_RUN.next() : port;
            for (String type : hostKeyTypes) {
                String file = directory.resolve(Sshd.keyFile(type)).toString();
                String bits = type.equals("rsa") ? "2048" : "256";
                Commands.run(List.of("ssh-keygen", "-q", "-t", type, "-b", bits, "-N", "", "-C", "", "-f", file));
            }
            Files.write(directory.resolve("authorized_keys"), authorizedKeys);
            Files.write(directory.resolve("sshd_config"), lines(directory, chosen));
            // sshd reads authorized_keys as the account; private keys have their own modes.
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
            preparePrivilegeSeparation();
            Sshd sshd = new Sshd(program, directory, enter, address, chosen, account, hostKeyTypes);
            sshd.start();
            return sshd;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> lines(Path directory, int chosen) {
        List<String> lines = new ArrayList<>(config);
        lines.add("ListenAddress " + address);
        lines.add("Port " + chosen);
        hostKeyTypes.forEach(type -> lines.add("HostKey " + directory.resolve(Sshd.keyFile(type))));
        lines.add("AuthorizedKeysFile " + directory.resolve("authorized_keys"));
        lines.add("PidFile none");
        lines.add("StrictModes no");
        lines.add("UsePAM no");
        lines.add("PermitRootLogin prohibit-password");
        lines.add("PasswordAuthentication no");
        lines.add("KbdInteractiveAuthentication no");
        lines.add("LogLevel DEBUG1");
        if (penaltiesAreToBeOff()) {
            lines.add("PerSourcePenalties no");
        }
        return lines;
    }

    /**
     * A failed login would make the server refuse its address for a while, which would carry over between tests. One that
     * has lines of its own about that must not be told "no" as well: they count together.
     */
    private boolean penaltiesAreToBeOff() {
        return program.hasPenalties() && config.stream().noneMatch(line -> line.startsWith("PerSourcePenalties "));
    }

    /** As root, sshd wants this directory; on most systems only its service makes it. */
    private static void preparePrivilegeSeparation() throws IOException {
        if ("root".equals(System.getProperty("user.name"))) {
            Files.createDirectories(PRIVILEGE_SEPARATION);
        }
    }

    static void delete(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
