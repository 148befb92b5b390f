package dev.sshtunnels.forward.socks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sshtunnels.forward.connection.OpenReply;
import dev.sshtunnels.forward.contract.SocksRefusal;
import dev.sshtunnels.forward.socks.SocksHandshake.Step;
import dev.sshtunnels.tunnel.AllowedDestination;
import dev.sshtunnels.tunnel.HostPort;
import dev.sshtunnels.tunnel.SocksCredentials;
import dev.sshtunnels.tunnel.SocksRules;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SocksHandshakeTest {

    private static final byte[] GREETING = {5, 1, 0};

    static Stream<Arguments> requests() {
        return Stream.of(
                Arguments.of(
                        "SOCKS5 name", join(GREETING, socks5(1, 3, name("db.internal"), 5432)), "db.internal", 5432),
                Arguments.of("SOCKS5 IPv4", join(GREETING, socks5(1, 1, hex("0a140003"), 80)), "10.20.0.3", 80),
                Arguments.of(
                        "SOCKS5 IPv6",
                        join(GREETING, socks5(1, 4, hex("fd000000000000000000000000000010"), 443)),
                        "fd00::10",
                        443),
                Arguments.of(
                        "SOCKS5 with several methods",
                        join(new byte[] {5, 3, 2, 1, 0}, socks5(1, 1, hex("7f000001"), 1)),
                        "127.0.0.1",
                        1),
                Arguments.of("SOCKS4", join(new byte[] {4, 1, 0, 80}, hex("0a000001"), text("me\0")), "10.0.0.1", 80),
                Arguments.of(
                        "SOCKS4a",
                        join(new byte[] {4, 1, 0, 22}, hex("00000001"), text("\0host.internal\0")),
                        "host.internal",
                        22),
                Arguments.of(
                        "SOCKS5 name of 255 bytes",
                        join(GREETING, socks5(1, 3, name("a".repeat(255)), 65_535)),
                        "a".repeat(255),
                        65_535));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("requests")
    void requestIsUnderstood(String name, byte[] request, String host, int port) {
        Step last = advance(new SocksHandshake(SocksRules.OPEN), ByteBuffer.wrap(request))
                .getLast();
        assertThat(((Step.Connect) last).target()).isEqualTo(new HostPort(host, port));
    }

    static Stream<Arguments> conversations() {
        SocksRules guarded = new SocksRules(
                Optional.of(new SocksCredentials("user", "p\u00e4ss")), List.of(AllowedDestination.parse("*.corp:80")));
        byte[] loggedIn = join(new byte[] {5, 2, 0, 2}, credentials("user", "p\u00e4ss"));
        return Stream.concat(
                requests().map(request -> Arguments.of(request.get()[0], SocksRules.OPEN, request.get()[1])),
                Stream.of(
                        Arguments.of("guarded", guarded, join(loggedIn, socks5(1, 3, name("a.corp"), 80))),
                        Arguments.of("not allowed", guarded, join(loggedIn, socks5(1, 3, name("a.corp"), 81))),
                        Arguments.of("wrong password", guarded, join(new byte[] {5, 1, 2}, credentials("user", "x"))),
                        Arguments.of("no password", guarded, new byte[] {5, 1, 0}),
                        Arguments.of("SOCKS4 without a password", guarded, hex("0401005000000001")),
                        Arguments.of("BIND", SocksRules.OPEN, join(GREETING, socks5(2, 1, hex("7f000001"), 1))),
                        Arguments.of("no host", SocksRules.OPEN, join(GREETING, socks5(1, 3, name("a b"), 1))),
                        Arguments.of("garbage", SocksRules.OPEN, text("GET / HTTP/1.1"))));
    }

    /** Cut into up to three pieces at every two places, and with the target's first bytes behind it. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("conversations")
    void theAnswersAreTheSameWhereverTheBytesAreCut(String name, SocksRules rules, byte[] conversation) {
        byte[] pipelined = join(conversation, text("GET / HTTP/1.1\r\n"));
        List<String> whole = told(rules, pipelined, pipelined.length, pipelined.length);
        for (int first = 0; first <= pipelined.length; first += pipelined.length > 200 ? 7 : 1) {
            for (int second = first; second <= pipelined.length; second += pipelined.length > 200 ? 7 : 1) {
                assertThat(told(rules, pipelined, first, second))
                        .as("cut at %d and %d", first, second)
                        .isEqualTo(whole);
            }
        }
    }

    /** What the client was told, and, if it was understood, what is left for the target. */
    private static List<String> told(SocksRules rules, byte[] bytes, int first, int second) {
        SocksHandshake handshake = new SocksHandshake(rules);
        ByteBuffer arrived = ByteBuffer.allocate(2048);
        List<String> told = new ArrayList<>();
        int[] ends = {first, second, bytes.length};
        int start = 0;
        for (int end : ends) {
            arrived.put(bytes, start, end - start).flip();
            start = end;
            for (Step step : advance(handshake, arrived)) {
                switch (step) {
                    case Step.More _ -> {}
                    case Step.Answer(byte[] answer) -> told.add(HexFormat.of().formatHex(answer));
                    case Step.Refuse(byte[] answer, SocksRefusal cause) -> {
                        told.add(cause + " " + HexFormat.of().formatHex(answer));
                        return told;
                    }
                    case Step.Connect(HostPort target, OpenReply _) -> {
                        byte[] early = new byte[arrived.remaining()];
                        arrived.get(early);
                        told.add(target + " " + text(early) + text(Arrays.copyOfRange(bytes, end, bytes.length)));
                        return told;
                    }
                }
            }
            arrived.compact();
        }
        told.add("waits");
        return told;
    }

    private static byte[] credentials(String username, String password) {
        return join(new byte[] {1}, name(username), name(password));
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Test
    void credentialsThatAreMalformedEndTheHandshake() {
        SocksRules guarded = new SocksRules(Optional.of(new SocksCredentials("u", "p")), List.of());
        assertThat(told(guarded, join(new byte[] {5, 1, 2}, hex("0501750170")), 0, 0))
                .containsExactly("0502", "NotSocks ");
        assertThat(told(SocksRules.OPEN, join(GREETING, hex("04010003")), 0, 0)).containsExactly("0500", "NotSocks ");
    }

    @Test
    void aNameThatIsNotUtf8OrEmptyIsNoHost() {
        for (byte[] host : List.of(hex("0261ff"), hex("00"))) {
            byte[] request = join(GREETING, new byte[] {5, 1, 0, 3}, host, new byte[] {0, 80});
            assertThat(told(SocksRules.OPEN, request, 0, 0)).containsExactly("0500", "NoHost 05040001000000000000");
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("requests")
    void requestIsUnderstoodByteByByte(String name, byte[] request, String host, int port) {
        SocksHandshake handshake = new SocksHandshake(SocksRules.OPEN);
        ByteBuffer arrived = ByteBuffer.allocate(2048);
        List<Step> steps = new ArrayList<>();
        for (byte next : request) {
            arrived.put(next).flip();
            steps.addAll(advance(handshake, arrived));
            arrived.compact();
        }
        assertThat(steps.getLast()).isInstanceOf(Step.Connect.class);
    }

    @Test
    void bytesBehindTheRequestAreLeftForTheTarget() {
        ByteBuffer in = ByteBuffer.wrap(join(GREETING, socks5(1, 3, name("web"), 80), text("GET / HTTP/1.0")));
        advance(new SocksHandshake(SocksRules.OPEN), in);
        assertThat(StandardCharsets.UTF_8.decode(in).toString()).isEqualTo("GET / HTTP/1.0");
    }

    @Test
    void greetingWithoutAMethodOfOursIsAnsweredWithNoAcceptableMethod() {
        assertThat(refusal(new byte[] {5, 1, 2})).isEqualTo(hex("05ff"));
    }

    @Test
    void bindAndUdpAreNotSupported() {
        for (int command : new int[] {2, 3}) {
            assertThat(refusal(join(GREETING, socks5(command, 1, hex("7f000001"), 1)))[1])
                    .isEqualTo((byte) SocksReply.COMMAND_NOT_SUPPORTED);
        }
    }

    @Test
    void unknownAddressTypeIsNamed() {
        assertThat(refusal(join(GREETING, socks5(1, 9, new byte[6], 1)))[1])
                .isEqualTo((byte) SocksReply.ADDRESS_TYPE_NOT_SUPPORTED);
    }

    @Test
    void socks4BindIsRejected() {
        assertThat(refusal(join(new byte[] {4, 2, 0, 80}, hex("0a000001"), text("\0")))[1])
                .isEqualTo((byte) 91);
    }

    @Test
    void otherProtocolsGetNoAnswer() {
        assertThat(refusal(text("GET / HTTP/1.1\r\n"))).isEmpty();
    }

    @Test
    void endlessUserNameOfSocks4IsCutOff() {
        assertThat(refusal(join(new byte[] {4, 1, 0, 80}, hex("0a000001"), text("x".repeat(600)))))
                .startsWith(0, 91);
    }

    private static byte[] refusal(byte[] request) {
        Step last = advance(new SocksHandshake(SocksRules.OPEN), ByteBuffer.wrap(request))
                .getLast();
        assertThat(last).isInstanceOf(Step.Refuse.class);
        return ((Step.Refuse) last).bytes();
    }

    private static List<Step> advance(SocksHandshake handshake, ByteBuffer arrived) {
        List<Step> steps = new ArrayList<>();
        do {
            steps.add(handshake.next(arrived));
        } while (steps.getLast() instanceof Step.Answer);
        return steps;
    }

    private static byte[] socks5(int command, int addressType, byte[] address, int port) {
        return join(new byte[] {5, (byte) command, 0, (byte) addressType}, address, new byte[] {
            (byte) (port >> 8), (byte) port
        });
    }

    private static byte[] name(String host) {
        return join(new byte[] {(byte) text(host).length}, text(host));
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits);
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        IntStream.range(0, parts.length).forEach(i -> all.writeBytes(parts[i]));
        return all.toByteArray();
    }
}
