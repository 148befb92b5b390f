package dev.sshtunnels.ssh.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import javax.crypto.KEM;
import org.apache.sshd.common.kex.KeyEncapsulationMethod;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MlKem768X25519Test {

    private KeyEncapsulationMethod.Client client;

    @BeforeEach
    void makeKeys() throws Exception {
        client = new MlKem768X25519().create().getKeyEncapsulation().getClient();
        client.init();
    }

    @Test
    void whatAServerEncapsulatesForTheRawKeyIsTheSecretHere() throws Exception {
        byte[] raw = client.getPublicKey();
        assertThat(raw).hasSize(1184);

        KEM.Encapsulated encapsulated =
                KEM.getInstance("ML-KEM").newEncapsulator(publicKey(raw)).encapsulate();

        assertThat(encapsulated.encapsulation()).hasSize(client.getEncapsulationLength());
        assertThat(client.extractSecret(encapsulated.encapsulation()))
                .hasSize(32)
                .isEqualTo(encapsulated.key().getEncoded());
    }

    @Test
    void aCiphertextOfAnotherLengthIsRefused() {
        assertThatThrownBy(() -> client.extractSecret(new byte[1087])).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void eachExchangeHasKeysOfItsOwn() throws Exception {
        byte[] first = client.getPublicKey();
        client.init();
        assertThat(client.getPublicKey()).isNotEqualTo(first);
    }

    /** The way of a server that has the raw bytes: behind the X.509 header of any other key. */
    private static PublicKey publicKey(byte[] raw) throws Exception {
        byte[] other = KeyPairGenerator.getInstance("ML-KEM-768")
                .generateKeyPair()
                .getPublic()
                .getEncoded();
        byte[] encoded = Arrays.copyOf(other, other.length);
        System.arraycopy(raw, 0, encoded, encoded.length - raw.length, raw.length);
        return KeyFactory.getInstance("ML-KEM-768").generatePublic(new X509EncodedKeySpec(encoded));
    }
}
