package dev.sshtunnels.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Makes key files with {@code ssh-keygen} in a directory of the test's. */
public final class ClientKeys {

    private final Path directory;
    private int made;

    public ClientKeys(Path directory) {
        this.directory = directory;
    }

    /** How the private key is written. */
    public enum Format {
        OPENSSH,
        PEM,
        PKCS8
    }

    /** A key pair on disk. */
    public record ClientKey(Path privateFile, Path publicFile) {

        /** The private file as it is. */
        public byte[] bytes() {
            return read(privateFile);
        }

        /** One line as in authorized_keys. */
        public String publicLine() {
            return new String(read(publicFile)).strip();
        }

        /** {@code SHA256:...} as {@code ssh-keygen -lf} prints it. */
        public String fingerprint() {
            return Commands.run(List.of("ssh-keygen", "-lf", publicFile.toString()))
                    .split(" ")[1];
        }

        private static byte[] read(Path file) {
            try {
                return Files.readAllBytes(file);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    public ClientKey ed25519() {
        return make("ed25519", 0, Format.OPENSSH, "");
    }

    /**
     * Makes a key.
     *
     * @param type {@code ed25519}, {@code ecdsa} or {@code rsa}
     * @param bits 0 for the type's default
     * @param passphrase empty for none
     */
    public ClientKey make(String type, int bits, Format format, String passphrase, String... options) {
        Path file = directory.resolve("client-" + type + "-" + ++made);
        List<String> command =
                new ArrayList<>(List.of("ssh-keygen", "-q", "-t", type, "-C", "test", "-f", file.toString()));
        command.addAll(List.of("-N", passphrase));
        if (bits != 0) {
            command.addAll(List.of("-b", Integer.toString(bits)));
        }
        if (format != Format.OPENSSH) {
            command.addAll(List.of("-m", format.name()));
        }
        command.addAll(List.of(options));
        Commands.run(command);
        return new ClientKey(file, Path.of(file + ".pub"));
    }
}
