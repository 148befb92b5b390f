package dev.sshtunnels.ssh.crypto;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Arrays;
import javax.crypto.KEM;
import org.apache.sshd.common.digest.BuiltinDigests;
import org.apache.sshd.common.digest.Digest;
import org.apache.sshd.common.kex.AbstractDH;
import org.apache.sshd.common.kex.DHFactory;
import org.apache.sshd.common.kex.KeyEncapsulationMethod;
import org.apache.sshd.common.kex.MontgomeryCurve;
import org.apache.sshd.common.kex.XDH;

/**
 * {@code mlkem768x25519-sha256} (draft-ietf-sshm-mlkem-hybrid-kex) with the JDK's ML-KEM: key exchange that a recording
 * of today's traffic does not break once there are quantum computers. Client side only.
 */
final class MlKem768X25519 implements DHFactory {

    @Override
    public String getName() {
        return "mlkem768x25519-sha256";
    }

    @Override
    public boolean isSupported() {
        return true;
    }

    @Override
    public boolean isGroupExchange() {
        return false;
    }

    @Override
    public AbstractDH create(Object... parameters) throws Exception {
        return new XDH(MontgomeryCurve.x25519, true) {
            @Override
            public KeyEncapsulationMethod getKeyEncapsulation() {
                return new MlKem768();
            }

            @Override
            public Digest getHash() {
                return BuiltinDigests.sha256.create();
            }
        };
    }

    private static final class MlKem768 implements KeyEncapsulationMethod {

        @Override
        public Client getClient() {
            return new Decapsulation();
        }

        @Override
        public Server getServer() {
            throw new UnsupportedOperationException("there is no server here");
        }
    }

    /** FIPS 203, parameter set ML-KEM-768. */
    private static final class Decapsulation implements KeyEncapsulationMethod.Client {

        private static final int ENCAPSULATION_KEY = 1184;
        private static final int CIPHERTEXT = 1088;

        private KeyPair keys;

        @Override
        public void init() {
            try {
                keys = KeyPairGenerator.getInstance("ML-KEM-768").generateKeyPair();
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("the JDK lacks ML-KEM-768", e);
            }
        }

        /** The raw key stands at the end of its X.509 encoding. */
        @Override
        public byte[] getPublicKey() {
            byte[] encoded = keys.getPublic().getEncoded();
            return Arrays.copyOfRange(encoded, encoded.length - ENCAPSULATION_KEY, encoded.length);
        }

        @Override
        public byte[] extractSecret(byte[] encapsulated) {
            if (encapsulated.length != CIPHERTEXT) {
                throw new IllegalArgumentException("a ciphertext of " + encapsulated.length + " bytes");
            }
            try {
                return KEM.getInstance("ML-KEM")
                        .newDecapsulator(keys.getPrivate())
                        .decapsulate(encapsulated)
                        .getEncoded();
            } catch (GeneralSecurityException e) {
                throw new IllegalArgumentException("a ciphertext that does not decapsulate", e);
            }
        }

        @Override
        public int getEncapsulationLength() {
            return CIPHERTEXT;
        }
    }
}
