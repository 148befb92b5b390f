package dev.sshtunnels.forward.exposure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sshtunnels.api.ForwardSpec;
import dev.sshtunnels.api.Listen;
import dev.sshtunnels.api.Mode;
import dev.sshtunnels.api.Reason;
import dev.sshtunnels.faults.inject.Site;
import dev.sshtunnels.forward.Forwarding;
import dev.sshtunnels.forward.ForwardingScenario;
import dev.sshtunnels.forward.contract.Exposure;
import dev.sshtunnels.testing.ClientKeys;
import dev.sshtunnels.testing.ClientKeys.ClientKey;
import dev.sshtunnels.testing.Ports;
import dev.sshtunnels.testing.Sshd;
import dev.sshtunnels.testing.TcpServer;
import dev.sshtunnels.tunnel.Forward;
import dev.sshtunnels.tunnel.Forwards;
import dev.sshtunnels.tunnel.HostPort;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What is said of a remote listener is what {@code ss} on the server shows, for each value of GatewayPorts, each way to
 * ask, and for clients of another host (N3: sshd answers success in each case).
 */
@TestInstance(Lifecycle.PER_CLASS)
@Timeout(120)
class ExposureMatrixTest {

    private static final Map<String, Set<String>> SOCKETS_OF = Map.of(
            "*", Set.of("0.0.0.0", "[::]"),
            "0.0.0.0", Set.of("0.0.0.0"),
            "localhost", Set.of("127.0.0.1", "[::1]"));

    private final AtomicInteger reached = new AtomicInteger();
    private Site site;
    private ClientKey key;
    private TcpServer target;

    @BeforeAll
    void build(@TempDir Path directory) {
        assumeTrue("root".equals(System.getProperty("user.name")), "a server with an address of its own wants root");
        site = new Site();
        key = new ClientKeys(directory).ed25519();
        target = TcpServer.on(client -> {
            reached.incrementAndGet();
            client.getInputStream().transferTo(client.getOutputStream());
        });
    }

    @AfterAll
    void tearDown() throws Exception {
        if (site != null) {
            target.close();
            site.close();
        }
    }

    private record Cell(String asked, boolean gateway, Forward forward, Forwarding.Opened opened) {

        boolean wantsOthers() {
            return !Set.of("localhost", "127.0.0.1").contains(forward.listen().host());
        }

        @Override
        public String toString() {
            return "listen.address " + asked + ", gateway " + gateway;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"no", "yes", "clientspecified"})
    void exposureIsWhatTheServersSocketsSay(String gatewayPorts) throws Exception {
        reached.set(0);
        try (Sshd sshd = Sshd.builder()
                        .authorize(key)
                        .config("GatewayPorts " + gatewayPorts)
                        .at(site.address(), site.enter())
                        .start();
                Forwarding forwarding = new Forwarding(sshd, key)) {
            List<Cell> cells = open(forwarding);
            for (Cell cell : cells) {
                agrees(cell, cell.opened().exposure());
            }
            assertThat(reached).as("connections that the target saw").hasValue(0);
            for (Cell cell : cells) {
                int port = cell.opened().port();
                assertThat(ForwardingScenario.isRefused(site.address(), port))
                        .as("%s: refuses other hosts", cell)
                        .isEqualTo(!isOpenToOthers(sockets(port)));
            }
        }
    }

    private List<Cell> open(Forwarding forwarding) {
        List<Cell> cells = new ArrayList<>();
        for (String address : new String[] {null, "localhost", "127.0.0.1", "*", site.address()}) {
            for (boolean gateway : List.of(false, true)) {
                ForwardSpec spec = new ForwardSpec(
                        "r", Mode.R, new Listen(address, Ports.OF_THIS_RUN.next()), gateway, null, null, null);
                HostPort listen =
                        new HostPort(Forwards.listenAddress(spec), spec.listen().port());
                Forward forward = new Forward.Remote("r", listen, new HostPort("127.0.0.1", target.port()));
                cells.add(new Cell(address, gateway, forward, forwarding.open(forward)));
            }
        }
        return cells;
    }

    private void agrees(Cell cell, Exposure exposure) {
        Set<String> sockets = sockets(cell.forward().listen().port());
        Reason reason = cell.wantsOthers() && !isOpenToOthers(sockets) ? Reason.LoopbackOnly : Reason.Verified;
        assertThat(exposure.finding().reason())
                .as("%s with %s: %s", cell, sockets, exposure)
                .isEqualTo(reason);
        String bound = exposure.boundAddress();
        assertThat(SOCKETS_OF.getOrDefault(bound, Set.of(bound)))
                .as("%s: bound address", cell)
                .isEqualTo(sockets);
        boolean moreThanAsked = isOpenToOthers(sockets)
                && (!cell.wantsOthers() || sockets.contains("0.0.0.0"))
                && !Set.of("*").contains(cell.forward().listen().host());
        assertThat(exposure.finding().message().contains("overrides listen.address"))
                .as("%s: says that the address was overridden", cell)
                .isEqualTo(moreThanAsked);
    }

    private boolean isOpenToOthers(Set<String> sockets) {
        return sockets.contains("0.0.0.0") || sockets.contains(site.address());
    }

    private Set<String> sockets(int port) {
        String end = ":" + port;
        Set<String> addresses = new TreeSet<>();
        site.run("ss", "-Hltn")
                .lines()
                .map(line -> line.trim().split("\\s+")[3])
                .filter(socket -> socket.endsWith(end))
                .forEach(socket -> addresses.add(socket.substring(0, socket.length() - end.length())));
        return addresses;
    }
}
