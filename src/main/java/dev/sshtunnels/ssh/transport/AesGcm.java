package dev.sshtunnels.ssh.transport;

import javax.crypto.Cipher;
import org.apache.sshd.common.NamedFactory;
import org.apache.sshd.common.cipher.BaseGCMCipher;

/**
 * AES-GCM for SSH (RFC 5647) that opens a packet from one array into another: the JDK's fused AES-GCM code does not
 * serve decryption in place.
 */
public final class AesGcm extends BaseGCMCipher {

    private static final int LENGTH_FIELD = 4;
    private static final int NONCE = 12;
    private static final int TAG = 16;
    private static final int BLOCK = 16;

    private Nonces nonces;

    private AesGcm(int keyBytes) {
        super(NONCE, TAG, keyBytes, "AES", keyBytes * Byte.SIZE, "AES/GCM/NoPadding", BLOCK);
    }

    /** {@code aes128-gcm@openssh.com}. */
    public static NamedFactory<org.apache.sshd.common.cipher.Cipher> aes128() {
        return factory("aes128-gcm@openssh.com", 16);
    }

    /** {@code aes256-gcm@openssh.com}. */
    public static NamedFactory<org.apache.sshd.common.cipher.Cipher> aes256() {
        return factory("aes256-gcm@openssh.com", 32);
    }

    private static NamedFactory<org.apache.sshd.common.cipher.Cipher> factory(String name, int keyBytes) {
        return new NamedFactory<>() {
            @Override
            public String getName() {
                return name;
            }

            @Override
            public org.apache.sshd.common.cipher.Cipher create() {
                return new AesGcm(keyBytes);
            }
        };
    }

    /** Encrypts {@code length} bytes behind the length field where they stand and puts the tag behind them. */
    void seal(byte[] packet, int length) throws Exception {
        transform(packet, length, packet);
    }

    /**
     * Verifies and decrypts a packet.
     *
     * @param sealed length field, {@code length} encrypted bytes, tag
     * @param opened receives the plain bytes behind the place of the length field
     * @throws javax.crypto.AEADBadTagException when a bit was changed on the way
     */
    void open(byte[] sealed, int length, byte[] opened) throws Exception {
        transform(sealed, length + TAG, opened);
    }

    @Override
    protected Cipher createCipherInstance(Mode mode, byte[] key, byte[] iv) throws Exception {
        Cipher instance = super.createCipherInstance(mode, key, iv);
        nonces = new Nonces(iv);
        parameters = nonces;
        return instance;
    }

    private void transform(byte[] in, int length, byte[] out) throws Exception {
        Cipher instance = getInitializedCipherInstance();
        instance.updateAAD(in, 0, LENGTH_FIELD);
        instance.doFinal(in, LENGTH_FIELD, length, out, LENGTH_FIELD);
        nonces.next();
        initialized = false;
    }

    /** The invocation counter of RFC 5647 7.1. */
    private static final class Nonces extends CounterGCMParameterSpec {

        Nonces(byte[] iv) {
            super(TAG * Byte.SIZE, iv);
        }

        void next() {
            incrementCounter();
        }
    }
}
