package dev.sshtunnels.faults;

import dev.sshtunnels.faults.inject.Site;
import dev.sshtunnels.testing.ClientKeys;
import dev.sshtunnels.testing.ClientKeys.ClientKey;
import dev.sshtunnels.testing.Ports;
import dev.sshtunnels.testing.Sshd;
import dev.sshtunnels.testing.SshdBuilder;
import dev.sshtunnels.testing.SshdProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A key, and whatever a test of a fault starts, which ends with it. */
@Timeout(240)
public abstract class FaultScenario {

    /** What a neighbour may wait beside other tests on two cores; one that hangs as long as a dead session waits ten times that. */
    protected static final Duration GAP = Duration.ofSeconds(1);

    @TempDir
    protected Path directory;

    private final List<AutoCloseable> opened = new ArrayList<>();
    private ClientKey key;

    @BeforeEach
    void makeKey() {
        key = new ClientKeys(directory).ed25519();
    }

    @AfterEach
    void endAll() throws Exception {
        for (AutoCloseable one : opened.reversed()) {
            one.close();
        }
    }

    protected final <T extends AutoCloseable> T untilTheEnd(T one) {
        opened.add(one);
        return one;
    }

    protected final ClientKey key() {
        return key;
    }

    /** One that no server takes. */
    protected final ClientKey strangersKey() throws IOException {
        return new ClientKeys(Files.createTempDirectory(directory, "stranger")).ed25519();
    }

    /** An agent without documents that is not started. */
    protected final FaultAgent agent() throws IOException {
        return agent(key);
    }

    /** The same with another key. */
    protected final FaultAgent agent(ClientKey key) throws IOException {
        return untilTheEnd(new FaultAgent(Files.createTempDirectory(directory, "agent"), key));
    }

    /** A server on loopback that takes the key. */
    protected final Sshd sshd(String... config) {
        return start(Sshd.builder().authorize(key).config(config));
    }

    /** A server in a network of its own. */
    protected final Sshd sshd(Site site, String... config) {
        return start(in(site, config));
    }

    private SshdBuilder in(Site site, String... config) {
        return Sshd.builder().authorize(key).config(config).at(site.address(), site.enter());
    }

    private Sshd start(SshdBuilder builder) {
        return untilTheEnd(builder.config("LogLevel INFO").start());
    }

    /** A network of its own. */
    protected final Site site() {
        return untilTheEnd(new Site());
    }

    /** A server in a network of its own with a tunnel, and a neighbour whose server is another one there. */
    protected final Stage stage(String... config) throws IOException {
        Site site = site();
        return stageOf(site, sshd(site, config), sshd(site), 0);
    }

    /** The same, where the server is another one than the installed. */
    protected final Stage stageOf(SshdProgram program, String... config) throws IOException {
        Site site = site();
        return stageOf(site, start(in(site, config).program(program)), sshd(site), 0);
    }

    /** The same, where the server listens at both addresses of the network. */
    protected final Stage stageAtBothAddresses() throws IOException {
        Site site = site();
        return stageOf(site, sshd(site, "ListenAddress " + site.secondAddress()), sshd(site), 0);
    }

    /** The same behind a link on which every packet takes so long. */
    protected final Stage farStage(Duration oneWay) throws IOException {
        Site site = untilTheEnd(Site.behind(oneWay));
        return stageOf(site, sshd(site), sshd(site), 0);
    }

    /** The same with a neighbour on a second port of the same server. */
    protected final Stage stageWithSharedServer(String... config) throws IOException {
        Site site = site();
        return stageWithShared(site, in(site, config));
    }

    /** The same, where the server is another one than the installed. */
    protected final Stage stageWithShared(SshdProgram program, String... config) throws IOException {
        Site site = site();
        return stageWithShared(site, in(site, config).program(program));
    }

    private Stage stageWithShared(Site site, SshdBuilder builder) throws IOException {
        int second = Ports.OF_THIS_RUN.next();
        Sshd server = start(builder.config("Port " + second));
        return stageOf(site, server, server, second);
    }

    private Stage stageOf(Site site, Sshd server, Sshd neighbours, int neighboursPort) throws IOException {
        int port = neighboursPort == 0 ? neighbours.port() : neighboursPort;
        return new Stage(this, site, server, neighbours, port);
    }
}
