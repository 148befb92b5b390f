package dev.sshtunnels.probe;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sshtunnels.api.ProbeType;
import dev.sshtunnels.tunnel.HostPort;
import dev.sshtunnels.tunnel.TargetProbe;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class GreetingsTest {

    /** Payload of HandshakeV10 of a MySQL 8.0, packet header first. */
    private static final String MYSQL_GREETING =
            "4a000000" + "0a382e302e333600" + "0b000000" + "0102030405060708" + "00"
                    + "ffff" + "ff" + "0200" + "ffdf" + "15" + "00000000000000000000" + "09101112131415161718192000"
                    + "63616368696e675f736861325f70617373776f726400";

    /** What each server says, in hexadecimal, and what is told of it. */
    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
            PostgreSQL, 53,                                     PostgreSQL answered
            PostgreSQL, 4e,                                     PostgreSQL answered
            PostgreSQL, 45000000505346415441,                   PostgreSQL answered
            PostgreSQL, 45636f756c64206e6f7420666f726b,         PostgreSQL answered
            PostgreSQL, 4552524f52,                             -
            PostgreSQL, 485454502f312e3120343030,               -
            MySQL,      16000000ff6904486f73742027612720697320626c6f636b6564, MySQL answered "Host 'a' is blocked"
            MySQL,      485454502f312e3120343030,               -
            MySQL,      5353482d322e30,                         -
            Redis,      2b504f4e470d0a,                         Redis answered
            Redis,      2d4e4f41555448204175746865,             Redis answered
            Redis,      2d4552520d0a,                           Redis answered
            Redis,      2b4f4b0d0a,                             -
            Redis,      485454502f312e31,                       -
            TLS,        160303007a020000,                       a TLS server answered
            TLS,        15030300020228,                         a TLS server answered
            TLS,        160303007a0b0000,                       -
            TLS,        485454502f312e3120343030,               -
            HTTP,       485454502f312e3120353033,               an HTTP server answered
            HTTP,       15030300020228,                         -
            """)
    void anAnswerIsToldApartHoweverItIsCutIntoPieces(ProbeType type, String hex, String words) {
        Verdict expected = words == null ? null : new Verdict.Alive(words);
        byte[] answer = HexFormat.of().parseHex(hex);

        Verdict atOnce = greeting(type).judge(answer);
        Verdict inPieces = byteByByte(greeting(type), answer);

        if (expected == null) {
            assertThat(atOnce).isInstanceOf(Verdict.Unexpected.class);
        } else {
            assertThat(atOnce).isEqualTo(expected);
            assertThat(inPieces).isEqualTo(expected);
        }
    }

    private static Verdict byteByByte(Greeting greeting, byte[] answer) {
        for (int length = 0; length < answer.length; length++) {
            Verdict soFar = greeting.judge(Arrays.copyOf(answer, length));
            if (!(soFar instanceof Verdict.NeedMore)) {
                return soFar;
            }
        }
        return greeting.judge(answer);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "None")
    void onlyAnAcceptedConnectionIsAnAnswerWithoutBytes(ProbeType type) {
        assertThat(greeting(type).judge(new byte[0]))
                .isInstanceOf(type == ProbeType.TCP ? Verdict.Alive.class : Verdict.NeedMore.class);
    }

    @Test
    void theUsersOwnWordsAreSentAndComparedAsTheyAre() {
        Greeting smtp = Greetings.of(probe(ProbeType.Expect, "EHLO\r\n", "220 "), new HostPort("mail", 25));

        assertThat(new String(smtp.opening(), ISO_8859_1)).isEqualTo("EHLO\r\n");
        assertThat(smtp.judge(bytes("22"))).isEqualTo(Verdict.NEED_MORE);
        assertThat(smtp.judge(bytes("220 mail ESMTP"))).isInstanceOf(Verdict.Alive.class);
        assertThat(smtp.judge(bytes("221"))).isInstanceOf(Verdict.Unexpected.class);
    }

    @Test
    void theHostFieldNamesTheTarget() {
        Greeting http = Greetings.of(probe(ProbeType.HTTP, "", ""), new HostPort("fd00::1", 8080));

        assertThat(new String(http.opening(), ISO_8859_1))
                .startsWith("HEAD / HTTP/1.1\r\nHost: [fd00::1]:8080\r\n")
                .contains("Connection: close\r\n")
                .endsWith("\r\n\r\n");
    }

    @Test
    void theClientHelloNamesTheServerUnlessItIsAnAddress() {
        Greeting byName = Greetings.of(probe(ProbeType.TLS, "", ""), new HostPort("web.corp.example", 443));
        Greeting byAddress = Greetings.of(probe(ProbeType.TLS, "", ""), new HostPort("10.1.2.3", 443));

        assertThat(new String(byName.opening(), ISO_8859_1))
                .startsWith("\u0016\u0003")
                .contains("web.corp.example");
        assertThat(new String(byAddress.opening(), ISO_8859_1)).doesNotContain("10.1.2.3");
    }

    @Test
    void mysqlIsLeftByALoginOfNobodyWithTheServersOwnMethod() {
        byte[] greeting = HexFormat.of().parseHex(MYSQL_GREETING);
        Greeting mysql = greeting(ProbeType.MySQL);

        assertThat(byteByByte(mysql, greeting)).isEqualTo(new Verdict.Alive("MySQL answered"));
        byte[] farewell = mysql.farewell(greeting);
        int length = farewell[0] & 0xff;
        assertThat(farewell).hasSize(4 + length + 4);
        assertThat(farewell[3]).as("sequence number").isEqualTo((byte) 1);
        assertThat(new String(farewell, 4 + 32, 2, ISO_8859_1))
                .as("name, password")
                .isEqualTo("\0\0");
        assertThat(new String(farewell, ISO_8859_1)).contains("caching_sha2_password\0");
    }

    @Test
    void aGreetingThatIsCutOffOrLiesIsNoReasonToFail() {
        Greeting mysql = greeting(ProbeType.MySQL);
        byte[] lying = HexFormat.of().parseHex("08000000" + "0a41424344454647");
        byte[] longWinded = HexFormat.of().parseHex("ffff0000" + "0a41424344454647");

        assertThat(mysql.judge(lying)).isInstanceOf(Verdict.Alive.class);
        assertThat(new String(mysql.farewell(lying), ISO_8859_1)).contains("mysql_native_password");
        assertThat(mysql.judge(longWinded)).isInstanceOf(Verdict.Unexpected.class);
    }

    private static Greeting greeting(ProbeType type) {
        return Greetings.of(probe(type, "", type == ProbeType.Expect ? "hello" : ""), new HostPort("db", 5432));
    }

    private static TargetProbe probe(ProbeType type, String send, String expectPrefix) {
        return new TargetProbe(type, Duration.ofSeconds(30), Duration.ofSeconds(5), 3, send, expectPrefix);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(ISO_8859_1);
    }
}
