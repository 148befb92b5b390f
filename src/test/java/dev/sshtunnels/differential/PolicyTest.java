package dev.sshtunnels.differential;

import static dev.sshtunnels.differential.Wanted.dynamic;
import static dev.sshtunnels.differential.Wanted.local;
import static dev.sshtunnels.differential.Wanted.remote;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sshtunnels.api.Mode;
import dev.sshtunnels.differential.Policy.Allow;
import dev.sshtunnels.differential.Policy.KeyOption;
import dev.sshtunnels.differential.Policy.Permit;
import dev.sshtunnels.testing.ClientKeys;
import dev.sshtunnels.testing.ClientKeys.ClientKey;
import dev.sshtunnels.testing.Exchange;
import dev.sshtunnels.testing.Ports;
import dev.sshtunnels.testing.Sshd;
import dev.sshtunnels.testing.SshdBuilder;
import dev.sshtunnels.testing.TcpServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the server's administrator permits to whom (C10, C11, C12). */
@TestInstance(Lifecycle.PER_CLASS)
class PolicyTest {

    private final Ports ports = Ports.OF_THIS_RUN;
    private Path directory;
    private TcpServer echo;

    /**
     * What could be done.
     *
     * @param modes the modes whose forward carried an exchange
     * @param serverLog the kinds of lines that sshd logged
     */
    private record Seen(Policy policy, Set<Mode> modes, Set<String> serverLog) {}

    @BeforeAll
    void start(@TempDir Path ofTheClass) {
        directory = ofTheClass;
        echo = TcpServer.echo();
    }

    @AfterAll
    void stop() throws IOException {
        echo.close();
    }

    @ParameterizedTest(name = "AllowTcpForwarding {0}, PermitOpen and PermitListen {1}")
    @Execution(ExecutionMode.CONCURRENT)
    @MethodSource("settings")
    void whatIsPermittedIsWhatWorks(Allow allow, Permit permit) throws Exception {
        Path mine = Files.createTempDirectory(directory, "settings");
        ClientKeys keys = new ClientKeys(mine);
        int listen = ports.next();
        Map<KeyOption, ClientKey> keyWith = new EnumMap<>(KeyOption.class);
        SshdBuilder builder = Sshd.builder().config(permit.config(allow, echo.port(), listen));
        for (KeyOption option : KeyOption.values()) {
            keyWith.put(option, keys.ed25519());
            builder.authorize(keyWith.get(option), option.words(echo.port(), listen));
        }
        try (Sshd sshd = builder.start()) {
            for (KeyOption option : KeyOption.values()) {
                Policy policy = new Policy(allow, permit, option);
                try (Contest contest = Contest.at(sshd, keyWith.get(option), mine.resolve(option.name()))) {
                    sameAndAsPermitted(policy, contest, listen);
                }
            }
        }
    }

    static Stream<Arguments> settings() {
        return Stream.of(Allow.values())
                .flatMap(allow -> Stream.of(Permit.values()).map(permit -> Arguments.of(allow, permit)));
    }

    private void sameAndAsPermitted(Policy policy, Contest contest, int listen) throws Exception {
        Seen seen = contest.with(
                        local(ports.next()).to(echo.port()),
                        dynamic(ports.next()),
                        remote(listen).to(echo.port()))
                .sameOfBoth(session -> look(policy, session));

        assertThat(seen.modes()).as("%s", policy).isEqualTo(policy.permittedModes());
    }

    private Seen look(Policy policy, Session session) {
        Set<Mode> modes = EnumSet.noneOf(Mode.class);
        if (Exchange.works(session.port(0))) {
            modes.add(Mode.L);
        }
        if (worksThroughSocks(session.port(1))) {
            modes.add(Mode.D);
        }
        if (session.isInForce(2) && Exchange.works(session.port(2))) {
            modes.add(Mode.R);
        }
        return new Seen(policy, modes, ServerLog.kindsOf(session.serverLog()));
    }

    private boolean worksThroughSocks(int proxy) {
        try (Exchange exchange = Exchange.throughSocks(proxy, echo.port())) {
            return exchange.say("ping").equals("ping");
        } catch (IOException refused) {
            return false;
        }
    }
}
