package dev.sshtunnels.ssh;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.util.function.UnaryOperator;
import javax.crypto.KDF;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.HKDFParameterSpec;

/**
 * HMAC-SHA256 with a key that is derived from a login's private key and tells nothing of it: HKDF (RFC 5869) with a label
 * of this use. Thread-safe.
 */
final class LoginMac implements UnaryOperator<byte[]> {

    private static final String ALGORITHM = "HmacSHA256";
    private static final byte[] LABEL = "sshtunnels.dev proof of a listener, 1".getBytes(StandardCharsets.US_ASCII);
    private static final int KEY_BYTES = 32;

    private final SecretKey key;

    LoginMac(PrivateKey login) {
        try {
            HKDFParameterSpec derivation =
                    HKDFParameterSpec.ofExtract().addIKM(login.getEncoded()).thenExpand(LABEL, KEY_BYTES);
            key = KDF.getInstance("HKDF-SHA256").deriveKey(ALGORITHM, derivation);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no HKDF-SHA256", e);
        }
    }

    @Override
    public byte[] apply(byte[] message) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(message);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no " + ALGORITHM, e);
        }
    }
}
