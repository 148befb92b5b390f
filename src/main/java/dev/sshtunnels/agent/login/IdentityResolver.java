package dev.sshtunnels.agent.login;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sshtunnels.agent.files.ObjectStore;
import dev.sshtunnels.agent.files.ObjectStore.Lookup;
import dev.sshtunnels.api.Auth;
import dev.sshtunnels.api.Reason;
import dev.sshtunnels.api.SecretKeyRef;
import dev.sshtunnels.ssh.login.PrivateKeys;
import dev.sshtunnels.ssh.login.UnusableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;

/**
 * Finds and reads the private key.
 *
 * @param secrets where {@code auth.privateKeySecretRef} is looked up
 * @param identity a key file that is used instead, null for none
 */
record IdentityResolver(ObjectStore secrets, Path identity) {

    private static final String DEFAULT_KEY = "ssh-privatekey";

    KeyPair resolve(Auth auth) throws BrokenException {
        SecretKeyRef ref = auth == null ? null : auth.privateKeySecretRef();
        if (identity != null) {
            return read(identityFile(), passphraseForIdentity(ref), identity.toString());
        }
        if (ref == null) {
            throw new BrokenException(
                    Reason.SecretNotFound,
                    "no private key: set auth.privateKeySecretRef, or give a key file with --identity");
        }
        String key = ref.key() == null ? DEFAULT_KEY : ref.key();
        Lookup.Found file = found(ref.name(), key, "the private key");
        String passphrase = ref.passphraseKey() == null
                ? null
                : text(found(ref.name(), ref.passphraseKey(), "the passphrase of the private key"));
        return read(file.value(), passphrase, file.source());
    }

    private Lookup.Found found(String name, String key, String what) throws BrokenException {
        return switch (secrets.find(name, key)) {
            case Lookup.Found found -> found;
            case Lookup.NoObject() ->
                throw new BrokenException(
                        Reason.SecretNotFound,
                        secrets.where(name) + " does not exist (or is empty); create it with " + what
                                + " under the key \"" + key + "\"");
            case Lookup.NoKey() ->
                throw new BrokenException(
                        Reason.SecretKeyMissing,
                        secrets.where(name) + " has no key \"" + key + "\"; put " + what
                                + " there, or name the key that holds it in auth.privateKeySecretRef");
        };
    }

    private byte[] identityFile() throws BrokenException {
        try {
            return Files.readAllBytes(identity);
        } catch (IOException e) {
            throw new BrokenException(
                    Reason.InvalidPrivateKey, "the key file " + identity + " cannot be read; check --identity");
        }
    }

    private String passphraseForIdentity(SecretKeyRef ref) {
        return ref != null
                        && ref.passphraseKey() != null
                        && secrets.find(ref.name(), ref.passphraseKey()) instanceof Lookup.Found found
                ? text(found)
                : null;
    }

    private static KeyPair read(byte[] file, String passphrase, String source) throws BrokenException {
        try {
            return PrivateKeys.read(file, passphrase, source);
        } catch (UnusableException unusable) {
            throw new BrokenException(unusable.finding());
        }
    }

    private static String text(Lookup.Found found) {
        return new String(found.value(), UTF_8);
    }
}
