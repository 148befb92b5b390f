package dev.sshtunnels.ssh.login;

import java.io.IOException;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/** Opens an EncryptedPrivateKeyInfo (RFC 5958 3) with the JDK. */
final class Pkcs8Decryption {

    private static final String PBES2_OID = "1.2.840.113549.1.5.13";

    private Pkcs8Decryption() {}

    /** The PrivateKeyInfo within. */
    static byte[] decrypt(byte[] encoded, String passphrase) throws IOException, GeneralSecurityException {
        EncryptedPrivateKeyInfo info = new EncryptedPrivateKeyInfo(encoded);
        AlgorithmParameters parameters = info.getAlgParameters();
        String algorithm = algorithm(info.getAlgName(), parameters);
        PBEKeySpec spec = new PBEKeySpec(passphrase.toCharArray());
        try {
            SecretKey key = SecretKeyFactory.getInstance(algorithm).generateSecret(spec);
            Cipher cipher = Cipher.getInstance(algorithm);
            cipher.init(Cipher.DECRYPT_MODE, key, parameters);
            return cipher.doFinal(info.getEncryptedData());
        } finally {
            spec.clearPassword();
        }
    }

    /** For PBES2 the JDK names key derivation and cipher in its parameters' text. */
    private static String algorithm(String name, AlgorithmParameters parameters) {
        return name.equals("PBES2") || name.equals(PBES2_OID) ? parameters.toString() : name;
    }
}
