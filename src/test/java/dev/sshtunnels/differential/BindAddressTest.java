package dev.sshtunnels.differential;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sshtunnels.api.Mode;
import dev.sshtunnels.testing.ClientKeys;
import dev.sshtunnels.testing.ClientKeys.ClientKey;
import dev.sshtunnels.testing.Ports;
import dev.sshtunnels.testing.Sshd;
import dev.sshtunnels.testing.TcpServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which sockets listen, and from where they can be used, for each bind address (C2; ssh(1) -L, -R, -D and -g). */
@TestInstance(Lifecycle.PER_CLASS)
class BindAddressTest {

    private static final String WILDCARD_SOCKET = "OpenSSH channels.c listens with a socket for each family; the JDK"
            + " never sets IPV6_V6ONLY (RFC 3493 5.3), and one such socket takes both families";

    private final Ports ports = Ports.OF_THIS_RUN;
    private final Map<String, Sshd> servers = new HashMap<>();
    private Path directory;
    private ClientKey key;
    private TcpServer echo;
    private OwnAddress own;

    @BeforeAll
    void start(@TempDir Path ofTheClass) throws IOException {
        directory = ofTheClass;
        key = new ClientKeys(directory).ed25519();
        echo = TcpServer.echo();
        own = OwnAddress.any();
        for (String gatewayPorts : List.of("no", "yes", "clientspecified")) {
            Sshd sshd = Sshd.builder()
                    .authorize(key)
                    .config("GatewayPorts " + gatewayPorts)
                    .start();
            servers.put(gatewayPorts, sshd);
        }
    }

    @AfterAll
    void stop() throws IOException {
        servers.values().forEach(Sshd::close);
        own.close();
        echo.close();
    }

    private Contest contest(String gatewayPorts) throws IOException {
        return Contest.at(servers.get(gatewayPorts), key, Files.createTempDirectory(directory, "contest"));
    }

    @ParameterizedTest
    @Execution(ExecutionMode.CONCURRENT)
    @CsvSource({"L, false", "L, true", "D, false", "D, true"})
    void aClientsListenerIsWhereSshsIs(Mode mode, boolean gateway) throws Exception {
        Map<String, Door> doors = sameDoors("no", mode, gateway, gateway ? addresses("0.0.0.0", own) : bound());

        assertThat(doors).containsEntry("0.0.0.0", Door.of(Set.of("0.0.0.0"), "127.0.0.1", own.toString()));
        assertThat(doors).containsEntry(own.toString(), Door.of(Set.of(own.toString()), own.toString()));
    }

    @ParameterizedTest
    @Execution(ExecutionMode.CONCURRENT)
    @CsvSource({
        "false, no", "false, yes", "false, clientspecified",
        "true, no", "true, yes", "true, clientspecified"
    })
    void aServersListenerIsWhereSshsIs(boolean gateway, String gatewayPorts) throws Exception {
        List<String> asked = new ArrayList<>(gateway ? addresses("0.0.0.0", own) : bound());
        asked.addAll(addresses("", "*", "::"));

        Map<String, Door> doors = sameDoors(gatewayPorts, Mode.R, gateway, asked);

        Set<String> expected = switch (gatewayPorts) {
            case "no" -> Set.of("127.0.0.1", "[::1]");
            case "yes" -> Set.of("0.0.0.0", "[::]");
            default -> Set.of("0.0.0.0");
        };
        assertThat(doors.get("0.0.0.0").listensOn()).isEqualTo(expected);
    }

    @ParameterizedTest
    @Execution(ExecutionMode.CONCURRENT)
    @ValueSource(strings = {"no", "yes", "clientspecified"})
    void withoutAddressAGatewayOnTheServerIsAskedForByName(String gatewayPorts) throws Exception {
        Wanted wanted = forward(Mode.R, true, null);
        try (Contest contest = contest(gatewayPorts)) {
            if (gatewayPorts.equals("clientspecified")) {
                contest.with(wanted)
                        .knowinglyDifferent(
                                "ssh.c, channel_rfwd_bind_host: -g means nothing to -R, which asks for localhost (RFC 4254"
                                        + " 7.1); spec.gateway asks for all addresses",
                                this::door,
                                Door.of(Set.of("127.0.0.1", "[::1]"), "127.0.0.1", "::1"),
                                Door.of(Set.of("0.0.0.0", "[::]"), "127.0.0.1", "::1", own.toString()));
            } else {
                contest.with(wanted).sameOfBoth(this::door);
            }
        }
    }

    @ParameterizedTest
    @Execution(ExecutionMode.CONCURRENT)
    @CsvSource({
        "L, '', false",
        "L, '*', false",
        "L, '*', true",
        "L, , true",
        "D, '', false",
        "D, '*', true",
        "D, , true"
    })
    void allAddressesAreOneSocketAndJustAsOpen(Mode mode, String address, boolean gateway) throws Exception {
        String[] everywhere = {"127.0.0.1", "::1", own.toString()};
        try (Contest contest = contest("no")) {
            contest.with(forward(mode, gateway, address))
                    .knowinglyDifferent(
                            WILDCARD_SOCKET,
                            this::door,
                            Door.of(Set.of("0.0.0.0", "[::]"), everywhere),
                            Door.of(Set.of("*"), everywhere));
        }
    }

    @ParameterizedTest
    @Execution(ExecutionMode.CONCURRENT)
    @EnumSource(names = {"L", "D"})
    void theIpv6WildcardTakesIpv4Too(Mode mode) throws Exception {
        try (Contest contest = contest("no")) {
            contest.with(forward(mode, false, "::"))
                    .knowinglyDifferent(
                            WILDCARD_SOCKET,
                            this::door,
                            Door.of(Set.of("[::]"), "::1"),
                            Door.of(Set.of("*"), "127.0.0.1", "::1", own.toString()));
        }
    }

    @ParameterizedTest
    @Execution(ExecutionMode.CONCURRENT)
    @CsvSource({
        "L, localhost",
        "L, 127.0.0.1",
        "L, ::1",
        "R, localhost",
        "R, 127.0.0.1",
        "R, ::1",
        "D, localhost",
        "D, 127.0.0.1",
        "D, ::1"
    })
    void aGatewayOnLoopbackIsAContradiction(Mode mode, String address) throws Exception {
        try (Contest contest = contest("no")) {
            contest.with(forward(mode, true, address))
                    .knowinglyDifferent(
                            "channels.c, channel_fwd_bind_addr: an explicit address beats -g, silently; a spec that says"
                                    + " both is refused",
                            session -> session.isInForce(0),
                            true,
                            false);
        }
    }

    /** Those with which the agent makes the sockets that ssh makes. */
    private List<String> bound() {
        return addresses(null, "localhost", "127.0.0.1", "0.0.0.0", "::1", own);
    }

    private static List<String> addresses(Object... addresses) {
        List<String> list = new ArrayList<>();
        for (Object address : addresses) {
            list.add(address == null ? null : address.toString());
        }
        return list;
    }

    private Map<String, Door> sameDoors(String gatewayPorts, Mode mode, boolean gateway, List<String> addresses)
            throws Exception {
        List<Wanted> wanted = addresses.stream()
                .map(address -> forward(mode, gateway, address))
                .toList();
        try (Contest contest = contest(gatewayPorts)) {
            return contest.with(wanted).sameOfBoth(session -> {
                Map<String, Door> doors = new LinkedHashMap<>();
                for (int i = 0; i < addresses.size(); i++) {
                    doors.put(addresses.get(i), door(session, i));
                }
                return doors;
            });
        }
    }

    private Wanted forward(Mode mode, boolean gateway, String address) {
        Wanted forward = new Wanted(mode, address, ports.next(), gateway, null);
        return mode == Mode.D ? forward : forward.to(echo.port());
    }

    private Door door(Session session) {
        return door(session, 0);
    }

    private Door door(Session session, int forward) {
        return Door.of(session.port(forward), List.of("127.0.0.1", "::1", own.toString()));
    }
}
