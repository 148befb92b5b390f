package dev.sshtunnels.ssh.crypto;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.sshd.client.ClientBuilder;
import org.apache.sshd.common.NamedFactory;
import org.apache.sshd.common.cipher.BuiltinCiphers;
import org.apache.sshd.common.cipher.Cipher;
import org.apache.sshd.common.kex.BuiltinDHFactories;
import org.apache.sshd.common.kex.DHFactory;
import org.apache.sshd.common.kex.KeyExchangeFactory;
import org.apache.sshd.common.mac.BuiltinMacs;
import org.apache.sshd.common.mac.Mac;
import org.apache.sshd.common.signature.BuiltinSignatures;
import org.apache.sshd.common.signature.Signature;

/**
 * What is offered, in order of preference: nothing that is broken or weak (no SHA-1, no CBC, no DSA), and no
 * chacha20-poly1305, which is safe only with servers that know strict key exchange (CVE-2023-48795) and slow here.
 *
 * @param keyExchanges RFC 4253 8
 * @param ciphers both directions
 * @param macs for the ciphers that do not authenticate themselves
 * @param signatures of host keys and of the user's key
 */
public record Algorithms(
        List<KeyExchangeFactory> keyExchanges,
        List<NamedFactory<Cipher>> ciphers,
        List<NamedFactory<Mac>> macs,
        List<NamedFactory<Signature>> signatures) {

    /**
     * The safe ones.
     *
     * @param gcm AES-GCM ciphers of the transport that will use them, most wanted first
     */
    public static Algorithms safe(List<NamedFactory<Cipher>> gcm) {
        JdkCryptography.install();
        List<DHFactory> exchanges = List.of(
                new MlKem768X25519(),
                BuiltinDHFactories.curve25519,
                BuiltinDHFactories.curve25519_libssh,
                BuiltinDHFactories.ecdhp256,
                BuiltinDHFactories.ecdhp384,
                BuiltinDHFactories.ecdhp521,
                BuiltinDHFactories.dhg16_512,
                BuiltinDHFactories.dhg18_512,
                BuiltinDHFactories.dhg14_256);
        return new Algorithms(
                NamedFactory.setUpTransformedFactories(false, exchanges, ClientBuilder.DH2KEX),
                Stream.concat(gcm.stream(), Stream.of(BuiltinCiphers.aes256ctr, BuiltinCiphers.aes128ctr))
                        .toList(),
                List.of(
                        BuiltinMacs.hmacsha256etm,
                        BuiltinMacs.hmacsha512etm,
                        BuiltinMacs.hmacsha256,
                        BuiltinMacs.hmacsha512),
                List.of(
                        BuiltinSignatures.ed25519,
                        BuiltinSignatures.nistp256,
                        BuiltinSignatures.nistp384,
                        BuiltinSignatures.nistp521,
                        BuiltinSignatures.rsaSHA512,
                        BuiltinSignatures.rsaSHA256));
    }

    /**
     * The signatures with those that fit some key types first. A server presents its key of the first algorithm that it
     * has, so that a known_hosts with one key type of several would not match otherwise.
     *
     * @param keyTypes names as in known_hosts, such as {@code ssh-rsa}
     */
    public List<NamedFactory<Signature>> signaturesPreferring(Set<String> keyTypes) {
        Comparator<NamedFactory<Signature>> knownFirst =
                Comparator.comparing(signature -> !keyTypes.contains(keyType(signature.getName())));
        return signatures.stream().sorted(knownFirst).toList();
    }

    /** RFC 8332: two signature algorithms for one type of key. */
    private static String keyType(String signature) {
        return signature.startsWith("rsa-sha2-") ? "ssh-rsa" : signature;
    }
}
