package dev.sshtunnels.ssh.login;

import dev.sshtunnels.api.Reason;
import dev.sshtunnels.ssh.crypto.JdkCryptography;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.config.keys.FilePasswordProvider;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.loader.AbstractKeyPairResourceParser;
import org.apache.sshd.common.config.keys.loader.openssh.OpenSSHKeyPairResourceParser;
import org.apache.sshd.common.config.keys.loader.openssh.kdf.BCryptKdfOptions.BCryptBadRoundsException;
import org.apache.sshd.common.config.keys.loader.pem.ECDSAPEMResourceKeyPairParser;
import org.apache.sshd.common.config.keys.loader.pem.PKCS8PEMResourceKeyPairParser;
import org.apache.sshd.common.config.keys.loader.pem.PKCS8PrivateKeyInfo;
import org.apache.sshd.common.config.keys.loader.pem.RSAPEMResourceKeyPairParser;

/** Reads private keys: OpenSSH's own format, PEM (PKCS#1 RSA, SEC 1 EC) and PKCS#8, each with or without passphrase. */
public final class PrivateKeys {

    private static final List<String> KEY_TYPES =
            List.of("ssh-ed25519", "ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521", "ssh-rsa");

    private final String source;
    private final String passphrase;

    private PrivateKeys(String source, String passphrase) {
        this.source = source;
        this.passphrase = passphrase;
    }

    /**
     * Reads one key.
     *
     * @param file the key file's bytes; line ends of any system and blanks at line ends do not matter
     * @param passphrase null or empty for none; a line end behind it does not belong to it
     * @param source where the bytes come from, for messages: a Secret's key, a file
     * @throws UnusableException with {@code InvalidPrivateKey} or {@code WrongPassphrase}
     */
    public static KeyPair read(byte[] file, String passphrase, String source) throws UnusableException {
        JdkCryptography.install();
        String given = passphrase == null ? "" : passphrase.replaceFirst("\\R$", "");
        return new PrivateKeys(source, given).read(PemBlock.find(file, source));
    }

    private KeyPair read(PemBlock block) throws UnusableException {
        if (block.encrypted() && passphrase.isEmpty()) {
            throw new UnusableException(
                    Reason.WrongPassphrase,
                    "the private key in " + source + " is encrypted and no passphrase was given; give the passphrase"
                            + " beside the key, or remove it with: ssh-keygen -p -f <key file>");
        }
        try {
            return supported(one(parse(block)));
        } catch (BCryptBadRoundsException e) {
            throw invalid(
                    "is protected with too many bcrypt rounds; write it anew with: ssh-keygen -p -a 64 -f <key file>");
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            // The library's text may quote bytes of the key.
            if (block.encrypted()) {
                throw new UnusableException(
                        Reason.WrongPassphrase,
                        "the passphrase given for the private key in " + source
                                + " does not open it, or the file is damaged; check both with: ssh-keygen -y -f <key file>");
            }
            throw invalid("is damaged; copy the whole file again, with all its lines");
        }
    }

    private Collection<KeyPair> parse(PemBlock block) throws IOException, GeneralSecurityException, UnusableException {
        return switch (block.kind()) {
            case OPENSSH -> parse(OpenSSHKeyPairResourceParser.INSTANCE, block);
            case RSA -> parse(RSAPEMResourceKeyPairParser.INSTANCE, block);
            case EC -> parse(ECDSAPEMResourceKeyPairParser.INSTANCE, block);
            case PKCS8 -> pkcs8(block.data());
            case ENCRYPTED_PKCS8 -> pkcs8(Pkcs8Decryption.decrypt(block.data(), passphrase));
        };
    }

    private Collection<KeyPair> parse(AbstractKeyPairResourceParser parser, PemBlock block)
            throws IOException, GeneralSecurityException {
        FilePasswordProvider passwords = FilePasswordProvider.of(passphrase);
        NamedResource name = NamedResource.ofName(source);
        if (parser == OpenSSHKeyPairResourceParser.INSTANCE) {
            return parser.extractKeyPairs(
                    null,
                    name,
                    block.begin(),
                    block.end(),
                    passwords,
                    new ByteArrayInputStream(block.data()),
                    Map.of());
        }
        return parser.extractKeyPairs(null, name, block.begin(), block.end(), passwords, block.lines(), Map.of());
    }

    private static Collection<KeyPair> pkcs8(byte[] encoded) throws IOException, GeneralSecurityException {
        PKCS8PrivateKeyInfo info = new PKCS8PrivateKeyInfo(encoded);
        try {
            return PKCS8PEMResourceKeyPairParser.INSTANCE.extractKeyPairs(encoded, info);
        } finally {
            info.clear();
            Arrays.fill(encoded, (byte) 0);
        }
    }

    private KeyPair one(Collection<KeyPair> keys) throws UnusableException {
        if (keys == null || keys.isEmpty()) {
            throw invalid("holds no key");
        }
        return keys.iterator().next();
    }

    private KeyPair supported(KeyPair pair) throws UnusableException {
        String type = KeyUtils.getKeyType(pair.getPublic());
        if (!KEY_TYPES.contains(type)) {
            throw invalid(
                    "is of the type " + type + ", which is not supported; make another with: ssh-keygen -t ed25519");
        }
        PrivateKey key = pair.getPrivate();
        if (key == null) {
            throw invalid("lacks its private part");
        }
        return pair;
    }

    private UnusableException invalid(String problem) {
        return new UnusableException(Reason.InvalidPrivateKey, "the private key in " + source + " " + problem);
    }
}
