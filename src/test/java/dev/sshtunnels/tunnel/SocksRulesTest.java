package dev.sshtunnels.tunnel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which destinations an allow-list lets through, whatever way a client spells them. */
class SocksRulesTest {

    @ParameterizedTest(name = "{0} permits {1} port {2}")
    @CsvSource({
        "db.corp, db.corp, 5432",
        "db.corp, DB.Corp., 5432",
        "db.corp:5432, db.corp, 5432",
        "*.corp.example:443, a.corp.example, 443",
        "*.corp.example, a.b.CORP.example, 1",
        "10.20.0.0/16:5432, 10.20.255.1, 5432",
        "10.20.30.40/16, 10.20.0.1, 1",
        "10.0.0.7, 10.0.0.7, 1",
        "10.0.0.7, ::ffff:10.0.0.7, 1",
        "10.0.0.7, ::ffff:a00:7, 1",
        "127.0.0.1, 127.1, 1",
        "127.0.0.1, 0x7f.1, 1",
        "127.0.0.1, 2130706433, 1",
        "8.0.0.1, 010.0.0.1, 1",
        "0.0.0.0/0, 203.0.113.9, 1",
        "[fd00::/8]:8000-8099, fd12::1, 8099",
        "[fd12::1], fd12:0:0::1, 1",
        "[fe80::/10], fe80::1%eth0, 1",
        "*, anything.example, 1",
        "*:80, 192.0.2.1, 80"
    })
    void permits(String allowed, String host, int port) {
        assertThat(permits(List.of(allowed), host, port)).isTrue();
    }

    @ParameterizedTest(name = "{0} does not permit {1} port {2}")
    @CsvSource({
        "db.corp, db.corp.evil.example, 1",
        "db.corp, xdb.corp, 1",
        "db.corp:5432, db.corp, 5433",
        "*.corp.example, corp.example, 1",
        "*.corp.example, evilcorp.example, 1",
        "*.corp.example, a.corp.example.evil, 1",
        "10.20.0.0/16, 10.21.0.0, 1",
        "10.20.0.0/15, 10.22.0.0, 1",
        "10.20.0.0/16, ten.example, 1",
        "10.20.0.0/16, 0x7f.1, 1",
        "0.0.0.0/0, fd00::1, 1",
        "[::/0], 10.0.0.1, 1",
        "[::/0], ::ffff:10.0.0.1, 1",
        "[fd00::/8]:8000-8099, fd12::1, 8100",
        "*.example, 127.1, 1",
        "*:80, db.corp, 81"
    })
    void doesNotPermit(String allowed, String host, int port) {
        assertThat(permits(List.of(allowed), host, port)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "127.0.0.1.",
                "1.2.3.256",
                "1.2.3.4.5",
                "0x7f000001ff",
                "09.1",
                "a.0x",
                "::1::",
                "fe80::1% ",
                "a b",
                "db.corp\0.evil",
                "127.0.0.1 x",
                "a\nb",
                "[::1]",
                "a:b",
                "::ffff:1.2.3.4%"
            })
    void whatIsNeitherNameNorAddressIsNoHostAtAll(String text) {
        assertThat(RequestedHost.of(text)).isEmpty();
    }

    @ParameterizedTest(name = "{0} is passed on as {1}")
    @CsvSource({
        "127.1, 127.0.0.1",
        "0x7f.0.0.1, 127.0.0.1",
        "0:0:0:0:0:0:0:1, ::1",
        "2001:DB8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
        "::, ::",
        "1:0:2:3:4:5:6:7, 1:0:2:3:4:5:6:7",
        "1:2:3:4:5:6:0:0, 1:2:3:4:5:6::",
        "fe80:0::1%eth0, fe80::1%eth0",
        "::ffff:10.0.0.7, 10.0.0.7",
        "DB.Corp., DB.Corp.",
        "bücher.example, bücher.example"
    })
    void addressesAreSpeltInOneWayAndNamesAsTheClientGaveThem(String asked, String passedOn) {
        assertThat(RequestedHost.of(asked)).map(RequestedHost::text).contains(passedOn);
    }

    @Test
    void everythingIsPermittedWithoutAList() {
        assertThat(permits(List.of(), "anything.example", 1)).isTrue();
        assertThat(permits(List.of("a.example", "b.example:1"), "b.example", 1)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "db.corp/24",
                "10.0.0.0/33",
                "10.0.0.256",
                "127.1",
                "*.1",
                "*.corp/8",
                "[10.0.0.1]",
                "[::1",
                "[::1]80",
                "[::ffff:10.0.0.1]",
                "[fd00::/129]",
                "db:70000",
                "db:9-8",
                "db:",
                "db:x",
                "::1",
                ""
            })
    void anEntryThatCouldNeverMatchIsRefused(String entry) {
        assertThatThrownBy(() -> AllowedDestination.parse(entry)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void credentialsMatchAsAWholeAndAreNeverShown() {
        SocksCredentials credentials = new SocksCredentials("user", "sécret");
        assertThat(credentials.match(bytes("user"), bytes("sécret"))).isTrue();
        assertThat(credentials.match(bytes("user"), bytes("sécre"))).isFalse();
        assertThat(credentials.match(bytes("User"), bytes("sécret"))).isFalse();
        assertThat(credentials.match(bytes(""), bytes(""))).isFalse();
        assertThat(new SocksRules(Optional.of(credentials), List.of()).toString())
                .doesNotContain("user,")
                .doesNotContain("sécret");
    }

    @Test
    void credentialsThatNoClientCouldGiveAreRefused() {
        assertThatThrownBy(() -> new SocksCredentials("", "p")).hasMessageContaining("username has 0 bytes");
        assertThatThrownBy(() -> new SocksCredentials("u", "é".repeat(128)))
                .hasMessageContaining("password has 256 bytes");
    }

    private static boolean permits(List<String> allow, String host, int port) {
        List<AllowedDestination> parsed =
                allow.stream().map(AllowedDestination::parse).toList();
        RequestedHost requested = RequestedHost.of(host).orElseThrow();
        return new SocksRules(Optional.empty(), parsed).permits(requested, port);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
