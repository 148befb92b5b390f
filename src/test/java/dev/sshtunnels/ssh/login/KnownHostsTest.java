package dev.sshtunnels.ssh.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sshtunnels.api.Reason;
import dev.sshtunnels.ssh.HostKeyTrust;
import dev.sshtunnels.ssh.login.HostKeyVerdict.Refused;
import dev.sshtunnels.ssh.login.HostKeyVerdict.Trusted;
import dev.sshtunnels.tunnel.HostPort;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KnownHostsTest {

    private static final String KEY =
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBlAhGrPXhbxZ7/ibAcIbBPS4x5LSl7KPFTmSBOWvMY6";
    private static final String OTHER =
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIPnl2oXBPHWrUQVDzGKO3rIF5RUyU0zPzrEqgSzgTN5R";
    private static final HostKey PRESENTED = HostKey.decode(KEY.split(" ")[1]);
    private static final HostPort BASTION = new HostPort("bastion.example.org", 22);
    private static final HostPort BASTION_2222 = new HostPort("bastion.example.org", 2222);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bastion.example.org KEY",
                "BASTION.example.ORG KEY",
                "other,bastion.example.org KEY a comment",
                "*.example.org KEY",
                "bastion.example.or? KEY",
                "*.example.org,!secret.example.org KEY",
                "  bastion.example.org \t KEY",
                "\uFEFFbastion.example.org KEY\r",
                "|1|AAECAwQFBgcICQoLDA0ODxAREhM=|VYMcJAOI5pgmA/gTSKLyM7R+VX4= KEY"
            })
    void aLineForTheHostTrustsItsKey(String line) throws Exception {
        assertThat(verify(BASTION, line)).isEqualTo(new Trusted());
    }

    @ParameterizedTest
    @ValueSource(strings = {"[bastion.example.org]:2222 KEY", "[*.example.org]:2222 KEY", "bastion.example.org KEY"})
    void aLineWithThePortOrWithoutAnyTrustsAnotherPort(String line) throws Exception {
        assertThat(verify(BASTION_2222, line)).isEqualTo(new Trusted());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[bastion.example.org]:2222 KEY",
                "other.example.org KEY",
                "*.example.org,!bastion.* KEY",
                "# bastion.example.org KEY",
                "bastionXexample.org KEY",
                ""
            })
    void aLineForAnotherHostLeavesTheKeyUnknown(String line) throws Exception {
        assertThat(verify(BASTION, line)).isInstanceOfSatisfying(Refused.class, refused -> {
            assertThat(refused.reason()).isEqualTo(Reason.HostKeyUnknown);
            assertThat(refused.message()).contains("bastion.example.org " + KEY, PRESENTED.fingerprint());
        });
    }

    @Test
    void anotherKeyOfTheHostIsAMismatchThatNamesBothFingerprints() throws Exception {
        assertThat(verify(BASTION, "bastion.example.org OTHER")).isInstanceOfSatisfying(Refused.class, refused -> {
            assertThat(refused.reason()).isEqualTo(Reason.HostKeyMismatch);
            assertThat(refused.message())
                    .contains(
                            PRESENTED.fingerprint(),
                            HostKey.decode(OTHER.split(" ")[1]).fingerprint(),
                            "line 1");
        });
    }

    @Test
    void aRevokedKeyIsRefusedThoughAnotherLineTrustsIt() throws Exception {
        assertThat(verify(BASTION, "bastion.example.org KEY", "@revoked * KEY"))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.reason()).isEqualTo(Reason.HostKeyRevoked));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "@revoked bastion.example.org KEY",
                "@revoked [bastion.example.org]:2222 KEY",
                "@revoked *.example.org KEY"
            })
    void aRevokedKeyIsRefusedAtEveryPortOfItsHost(String revocation) throws Exception {
        List<String> lines = lines("[bastion.example.org]:2222 KEY", "bastion.example.org KEY", revocation);
        HostKeyTrust trust = new HostKeyTrust(lines, List.of(PRESENTED.fingerprint()), null, "spec");
        assertThat(KnownHosts.parse(trust).verify(BASTION_2222, PRESENTED))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.reason()).isEqualTo(Reason.HostKeyRevoked));
    }

    @Test
    void aLineWithoutPortIsOfNoUseWhereAnotherNamesThePort() throws Exception {
        assertThat(verify(BASTION_2222, "[bastion.example.org]:2222 OTHER", "bastion.example.org KEY"))
                .isInstanceOfSatisfying(Refused.class, refused -> {
                    assertThat(refused.reason()).isEqualTo(Reason.HostKeyMismatch);
                    assertThat(refused.message()).contains("line 1").doesNotContain("line 2");
                });
    }

    @Test
    void aRevocationIsForTheAliasAloneWhereThereIsOne() throws Exception {
        HostKeyTrust trust =
                new HostKeyTrust(lines("inner KEY", "@revoked bastion.example.org KEY"), List.of(), "inner", "spec");
        assertThat(KnownHosts.parse(trust).verify(BASTION_2222, PRESENTED)).isEqualTo(new Trusted());
    }

    @Test
    void aCertAuthorityLineIsSaidToBeUnsupportedInsteadOfIgnored() throws Exception {
        assertThat(verify(BASTION, "@cert-authority *.example.org KEY"))
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> assertThat(refused.message()).contains("@cert-authority line is not supported yet"));
    }

    @Test
    void anAliasIsLookedUpInPlaceOfHostAndPort() throws Exception {
        HostKeyTrust trust = new HostKeyTrust(lines("inner KEY"), List.of(), "inner", "spec");
        assertThat(KnownHosts.parse(trust).verify(BASTION_2222, PRESENTED)).isEqualTo(new Trusted());
        HostKeyTrust other = new HostKeyTrust(lines("bastion.example.org KEY"), List.of(), "inner", "spec");
        assertThat(KnownHosts.parse(other).verify(BASTION, PRESENTED)).isInstanceOf(Refused.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "="})
    void aFingerprintTrustsItsKeyWithOrWithoutPadding(String padding) throws Exception {
        HostKeyTrust trust = new HostKeyTrust(List.of(), List.of(PRESENTED.fingerprint() + padding), null, "spec");
        assertThat(KnownHosts.parse(trust).verify(BASTION, PRESENTED)).isEqualTo(new Trusted());
    }

    @Test
    void theKeyTypesKnownForAHostAreThoseOfItsOwnLines() throws Exception {
        KnownHosts hosts = KnownHosts.parse(trust("bastion.example.org KEY", "elsewhere ssh-dss AAAAB3NzaC1kc3M="));
        assertThat(hosts.keyTypes(BASTION)).containsExactly("ssh-ed25519");
        assertThat(hosts.keyTypes(BASTION_2222)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "bastion.example.org, fewer than three fields",
        "bastion.example.org ssh-ed25519, fewer than three fields",
        "bastion.example.org ssh-ed25519 !!!!, not base64",
        "bastion.example.org ssh-ed25519 AAAAC3Nz, cut short",
        "bastion.example.org ssh-rsa AAAAC3NzaC1lZDI1NTE5AAAAIBlAhGrPXhbxZ7/ibAcIbBPS4x5LSl7KPFTmSBOWvMY6, not of the type",
        "@trusted bastion.example.org KEY, neither @revoked",
        "|1|abc KEY, not |1|salt|hash",
        "|1|AAAA|AAAA KEY, base64 of 20 bytes"
    })
    void aLineThatCannotBeUnderstoodFailsTheWholeListAndIsNamed(String line, String problem) {
        UnusableException failure = catchThrowableOfType(
                UnusableException.class, () -> KnownHosts.parse(trust("bastion.example.org KEY", line)));
        assertThat(failure.finding().reason()).isEqualTo(Reason.InvalidKnownHosts);
        assertThat(failure.finding().message()).contains("line 2 of ConfigMap hosts", problem);
    }

    @ParameterizedTest
    @ValueSource(strings = {"MD5:16:27:ac", "SHA256:", "SHA256:abc", "abcdef"})
    void aFingerprintThatIsNoneFailsTheWhole(String fingerprint) {
        UnusableException failure = catchThrowableOfType(
                UnusableException.class,
                () -> KnownHosts.parse(new HostKeyTrust(List.of(), List.of(fingerprint), null, "spec")));
        assertThat(failure.finding().reason()).isEqualTo(Reason.InvalidKnownHosts);
    }

    private static HostKeyVerdict verify(HostPort endpoint, String... lines) throws UnusableException {
        return KnownHosts.parse(trust(lines)).verify(endpoint, PRESENTED);
    }

    private static HostKeyTrust trust(String... lines) {
        return new HostKeyTrust(lines(lines), List.of(), null, "ConfigMap hosts");
    }

    private static List<String> lines(String... lines) {
        return List.of(lines).stream()
                .map(line -> line.replace("KEY", KEY).replace("OTHER", OTHER))
                .toList();
    }
}
