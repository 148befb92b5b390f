package dev.sshtunnels.ssh.login;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.Base64;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;

/** A public key as it goes over the wire (RFC 4253 6.6): its type and its parts. */
public final class HostKey {

    private final byte[] blob;

    private HostKey(byte[] blob) {
        this.blob = blob;
    }

    public static HostKey of(PublicKey key) {
        ByteArrayBuffer buffer = new ByteArrayBuffer();
        buffer.putRawPublicKey(key);
        return new HostKey(buffer.getCompactData());
    }

    /** The base64 of known_hosts. */
    static HostKey decode(String base64) {
        return new HostKey(Base64.getDecoder().decode(base64));
    }

    /** The leading string, or empty where there is none. */
    String type() {
        if (blob.length < Integer.BYTES) {
            return "";
        }
        int length = ByteBuffer.wrap(blob).getInt();
        return length < 0 || length > blob.length - Integer.BYTES
                ? ""
                : new String(blob, Integer.BYTES, length, StandardCharsets.US_ASCII);
    }

    /** {@code SHA256:...} as {@code ssh-keygen -lf} prints it. */
    public String fingerprint() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(blob);
            return "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Type and base64, as known_hosts has them. */
    String line() {
        return type() + " " + Base64.getEncoder().encodeToString(blob);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof HostKey key && Arrays.equals(blob, key.blob);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(blob);
    }

    /** Type and fingerprint. */
    @Override
    public String toString() {
        return type() + " " + fingerprint();
    }
}
