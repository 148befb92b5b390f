package dev.sshtunnels.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Key files as {@code ssh-keygen} makes them. */
final class KeyPairs {

    private KeyPairs() {}

    /** Makes a pair and returns the path of the private file; an empty passphrase leaves it unencrypted. */
    static Path ed25519(Path directory, String name, String passphrase) {
        Path file = directory.resolve(name);
        Script.of("ssh-keygen", "-q", "-t", "ed25519", "-C", "", "-N", passphrase, "-f", file.toString())
                .run()
                .orFail();
        return file;
    }

    /** Type and base64 of the public key beside a private file. */
    static String publicKey(Path privateFile) {
        try {
            String[] words =
                    Files.readString(Path.of(privateFile + ".pub")).strip().split(" ");
            return words[0] + " " + words[1];
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@code SHA256:...} of a public key. */
    static String fingerprint(String publicKey) {
        return Script.of("ssh-keygen", "-lf", "-")
                .input(publicKey)
                .run()
                .orFail()
                .split(" ")[1];
    }
}
