package dev.sshtunnels.ssh;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.HKDFParameterSpec;

/** Derives a key that tells nothing of the private key it comes from: HKDF (RFC 5869) with a label of this use. */
final class ProofKey {

    private static final byte[] LABEL = "sshtunnels.dev proof of a listener, 1".getBytes(StandardCharsets.US_ASCII);
    private static final int BYTES = 32;

    private ProofKey() {}

    static SecretKey of(PrivateKey key) {
        try {
            HKDFParameterSpec derivation =
                    HKDFParameterSpec.ofExtract().addIKM(key.getEncoded()).thenExpand(LABEL, BYTES);
            return KDF.getInstance("HKDF-SHA256").deriveKey("HmacSHA256", derivation);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HKDF-SHA256 is missing in this JDK", e);
        }
    }
}
