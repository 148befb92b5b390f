package dev.sshtunnels.ssh.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sshtunnels.api.Reason;
import dev.sshtunnels.testing.ClientKeys;
import dev.sshtunnels.testing.ClientKeys.ClientKey;
import dev.sshtunnels.testing.ClientKeys.Format;
import dev.sshtunnels.tunnel.Finding;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrivateKeysTest {

    private static final String SOURCE = "Secret bastion, key id";
    private static final String PASSPHRASE = "correct horse";

    @TempDir
    Path directory;

    private ClientKeys keys;

    @BeforeEach
    void makeKeys() {
        keys = new ClientKeys(directory);
    }

    @ParameterizedTest(name = "{0} {1} in {2}")
    @CsvSource({
        "ed25519, 0, OPENSSH",
        "ecdsa, 256, OPENSSH",
        "ecdsa, 384, OPENSSH",
        "ecdsa, 521, OPENSSH",
        "rsa, 2048, OPENSSH",
        "rsa, 4096, OPENSSH",
        "ecdsa, 256, PEM",
        "rsa, 2048, PEM",
        "ecdsa, 384, PKCS8",
        "rsa, 3072, PKCS8"
    })
    void everyKindOfKeyIsReadWithAndWithoutPassphrase(String type, int bits, Format format) throws Exception {
        ClientKey plain = keys.make(type, bits, format, "");
        ClientKey locked = keys.make(type, bits, format, PASSPHRASE);

        assertThat(fingerprint(plain, null)).isEqualTo(plain.fingerprint());
        assertThat(fingerprint(locked, PASSPHRASE)).isEqualTo(locked.fingerprint());
        assertThat(finding(locked.bytes(), "wrong").reason()).isEqualTo(Reason.WrongPassphrase);
        assertThat(finding(locked.bytes(), "")).satisfies(missing -> {
            assertThat(missing.reason()).isEqualTo(Reason.WrongPassphrase);
            assertThat(missing.message()).contains(SOURCE, "no passphrase was given");
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "aes256-ctr",
                "aes128-ctr",
                "aes256-cbc",
                "aes256-gcm@openssh.com",
                "chacha20-poly1305@openssh.com"
            })
    void everyCipherOfOpensshsFormatIsRead(String cipher) throws Exception {
        ClientKey key = keys.make("ed25519", 0, Format.OPENSSH, PASSPHRASE, "-Z", cipher);
        assertThat(fingerprint(key, PASSPHRASE)).isEqualTo(key.fingerprint());
        assertThat(finding(key.bytes(), "wrong").reason()).isEqualTo(Reason.WrongPassphrase);
    }

    @Test
    void aPassphraseThatIsGivenWithoutNeedDoesNoHarm() throws Exception {
        ClientKey key = keys.ed25519();
        assertThat(fingerprint(key, PASSPHRASE)).isEqualTo(key.fingerprint());
    }

    @Test
    void aLineEndBehindThePassphraseDoesNotBelongToIt() throws Exception {
        ClientKey key = keys.make("ed25519", 0, Format.OPENSSH, PASSPHRASE);
        assertThat(fingerprint(key, PASSPHRASE + "\n")).isEqualTo(key.fingerprint());
    }

    @Test
    void lineEndsOfWindowsAndTrailingBlanksDoNoHarm() throws Exception {
        ClientKey key = keys.ed25519();
        String mangled = "\uFEFF\r\n" + text(key).replace("\n", "  \r\n") + "\r\n\r\n";
        assertThat(fingerprint(bytes(mangled), null)).isEqualTo(key.fingerprint());
    }

    @Test
    void aPublicKeyIsNamedAsSuch() {
        ClientKey key = keys.ed25519();
        assertInvalid(bytes(key.publicLine()), "is a public key; give the private one");
    }

    @Test
    void aPuttyKeyComesWithTheCommandThatConvertsIt() {
        assertInvalid(bytes("PuTTY-User-Key-File-3: ssh-ed25519\nEncryption: none\n"), "puttygen");
    }

    @Test
    void aKeyEncodedOnceTooOftenIsNamedAsSuch() {
        byte[] twice = Base64.getEncoder().encode(keys.ed25519().bytes());
        assertInvalid(twice, "base64-encoded once more");
    }

    @Test
    void aKeyThatLostItsLineEndsIsNamedAsSuch() {
        assertInvalid(bytes(text(keys.ed25519()).replace("\n", " ")), "lost its line ends");
    }

    @Test
    void aKeyCutShortIsNamedAsSuch() {
        String whole = text(keys.ed25519());
        assertInvalid(bytes(whole.substring(0, whole.length() / 2)), "has no line");
        String[] lines = whole.split("\n");
        lines[2] = "";
        assertInvalid(bytes(String.join("\n", lines)), "is damaged");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n",
                "garbage",
                "-----BEGIN OPENSSH PRIVATE KEY-----\n***\n-----END OPENSSH PRIVATE KEY-----\n"
            })
    void garbageIsRefusedWithItsSource(String garbage) {
        assertThat(finding(bytes(garbage), null)).satisfies(found -> {
            assertThat(found.reason()).isEqualTo(Reason.InvalidPrivateKey);
            assertThat(found.message()).contains(SOURCE).doesNotContain("***");
        });
    }

    private void assertInvalid(byte[] file, String expected) {
        Finding found = finding(file, null);
        assertThat(found.reason()).isEqualTo(Reason.InvalidPrivateKey);
        assertThat(found.message()).contains(SOURCE, expected);
    }

    private static Finding finding(byte[] file, String passphrase) {
        return catchThrowableOfType(UnusableException.class, () -> PrivateKeys.read(file, passphrase, SOURCE))
                .finding();
    }

    private static String fingerprint(ClientKey key, String passphrase) throws UnusableException {
        return fingerprint(key.bytes(), passphrase);
    }

    private static String fingerprint(byte[] file, String passphrase) throws UnusableException {
        return HostKey.of(PrivateKeys.read(file, passphrase, SOURCE).getPublic())
                .fingerprint();
    }

    private static String text(ClientKey key) {
        return new String(key.bytes(), StandardCharsets.US_ASCII);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
