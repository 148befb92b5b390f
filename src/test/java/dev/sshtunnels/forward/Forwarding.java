package dev.sshtunnels.forward;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sshtunnels.api.AddressFamily;
import dev.sshtunnels.api.Reason;
import dev.sshtunnels.forward.contract.ConnectionAccount;
import dev.sshtunnels.forward.contract.ConnectionEnd;
import dev.sshtunnels.forward.contract.Exposure;
import dev.sshtunnels.forward.contract.ForwardState;
import dev.sshtunnels.forward.contract.ForwardTraffic;
import dev.sshtunnels.forward.contract.SocksRefusal;
import dev.sshtunnels.forward.local.AdmissionGate;
import dev.sshtunnels.loop.EventLoop;
import dev.sshtunnels.ssh.HostKeyTrust;
import dev.sshtunnels.ssh.Login;
import dev.sshtunnels.ssh.MinaConnector;
import dev.sshtunnels.ssh.Rejections;
import dev.sshtunnels.ssh.SshConnection;
import dev.sshtunnels.ssh.login.PrivateKeys;
import dev.sshtunnels.testing.ClientKeys;
import dev.sshtunnels.testing.Sshd;
import dev.sshtunnels.tunnel.AccessRules;
import dev.sshtunnels.tunnel.Checks;
import dev.sshtunnels.tunnel.Forward;
import dev.sshtunnels.tunnel.HostPort;
import dev.sshtunnels.tunnel.SocksPolicy;
import dev.sshtunnels.tunnel.SocksRules;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** A session with a real sshd and the forwards that a test opens over it. */
public final class Forwarding implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 20;

    private final EventLoop loop = new EventLoop("test-loop");
    private final ForwardOpener opener = new LoopForwardOpener(loop, RandomGenerator.getDefault());
    private final AdmissionGate gate = new AdmissionGate(loop, AccessRules.OPEN);
    private final SshConnection connection;

    public Forwarding(Sshd sshd, ClientKeys.ClientKey key) throws Exception {
        this(sshd, key, 0);
    }

    public Forwarding(Sshd sshd, ClientKeys.ClientKey key, long rekeyBytes) throws Exception {
        Login login = new Login(
                List.of(new HostPort(sshd.host(), sshd.port())),
                sshd.user(),
                PrivateKeys.read(key.bytes(), null, "test key"),
                new HostKeyTrust(List.of(sshd.hostKeyLine(sshd.host())), List.of(), null, "test"),
                AddressFamily.Any,
                Duration.ofSeconds(10),
                Duration.ofSeconds(15),
                3,
                rekeyBytes,
                Duration.ZERO);
        connection = new MinaConnector(loop).connect(login, Rejections.NONE);
    }

    public SshConnection connection() {
        return connection;
    }

    public Opened local(int targetPort) throws Exception {
        return open(new Forward.Local("l", new HostPort("localhost", freePort()), target(targetPort)));
    }

    public Opened remote(int targetPort) throws Exception {
        return open(new Forward.Remote("r", new HostPort("localhost", 0), target(targetPort)));
    }

    public Opened dynamic() throws Exception {
        return open(new Forward.Dynamic("d", new HostPort("localhost", freePort())));
    }

    public Opened open(Forward forward) {
        return open(forward, Checks.USUAL);
    }

    public Opened open(Forward forward, Checks checks) {
        return open(forward, gate, checks);
    }

    /** A forward of a tunnel of its own. */
    public Opened open(Forward forward, SocksRules rules) {
        return open(forward, new AdmissionGate(loop, AccessRules.of(null, new SocksPolicy.Serve(rules))), Checks.USUAL);
    }

    private Opened open(Forward forward, AdmissionGate itsGate, Checks checks) {
        Opened opened = new Opened();
        opened.is(opener.open(connection, forward, itsGate, checks, opened));
        return opened;
    }

    /** Puts rules into force for all forwards, as those of one tunnel. */
    public void rules(AccessRules rules) {
        gate.change(rules);
    }

    private static HostPort target(int port) {
        return new HostPort("127.0.0.1", port);
    }

    public static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Number of channels that are not closed yet. */
    public int openChannels() throws Exception {
        return onLoop(() -> connection.channels().open());
    }

    /** Does something while the loop can do nothing else, which then finds all of it at once. */
    <T> T onLoop(Supplier<T> work) throws Exception {
        return CompletableFuture.supplyAsync(work, loop::execute).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        connection.close();
        loop.close();
    }

    /** One forward and what it told. */
    public static final class Opened extends TargetWitness {

        private final BlockingQueue<ForwardState> states = new LinkedBlockingQueue<>();
        private final BlockingQueue<Exposure> exposures = new LinkedBlockingQueue<>();
        private final BlockingQueue<Reason> rejections = new LinkedBlockingQueue<>();
        private final BlockingQueue<SocksRefusal> socksRefusals = new LinkedBlockingQueue<>();
        private final BlockingQueue<Integer> socksReplies = new LinkedBlockingQueue<>();
        private final BlockingQueue<ConnectionEnd> ends = new LinkedBlockingQueue<>();
        private final ForwardTraffic traffic = new ForwardTraffic();

        /** The port it listens on. */
        public int port() throws InterruptedException {
            ForwardState state = nextState();
            assertThat(state).isInstanceOf(ForwardState.Listening.class);
            return ((ForwardState.Listening) state).port();
        }

        public ForwardState nextState() throws InterruptedException {
            ForwardState state = states.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            assertThat(state).as("a state within %d s", PATIENCE_SECONDS).isNotNull();
            return state;
        }

        Reason refusal() throws InterruptedException {
            ForwardState state = nextState();
            assertThat(state).isInstanceOf(ForwardState.Failed.class);
            return ((ForwardState.Failed) state).finding().reason();
        }

        /** Why the next client was not let in. */
        public Reason rejection() throws InterruptedException {
            return rejections.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }

        /** Whether nothing has been told but what was asked for. */
        public boolean isQuiet() {
            return states.isEmpty() && rejections.isEmpty();
        }

        @Override
        public void stateChanged(ForwardState state) {
            states.add(state);
        }

        @Override
        public void exposureFound(Exposure exposure) {
            exposures.add(exposure);
        }

        /** Where the listener was found to be reachable. */
        public Exposure exposure() throws InterruptedException {
            return exposures.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }

        @Override
        public void socksRefused(SocksRefusal cause) {
            socksRefusals.add(cause);
        }

        public SocksRefusal socksRefusal() throws InterruptedException {
            return socksRefusals.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }

        @Override
        public void socksFailed(int reply) {
            socksReplies.add(reply);
        }

        /** What the next SOCKS client was told whose request failed. */
        int socksReply() throws InterruptedException {
            Integer reply = socksReplies.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            assertThat(reply).as("a reply within %d s", PATIENCE_SECONDS).isNotNull();
            return reply;
        }

        @Override
        public ForwardTraffic traffic() {
            return traffic;
        }

        @Override
        public void connectionRejected(Reason reason, InetAddress source) {
            rejections.add(reason);
        }

        @Override
        public void connectionClosed(ConnectionAccount connection, ConnectionEnd end) {
            ends.add(end);
        }

        /** Why the next connection ended. */
        public ConnectionEnd end() throws InterruptedException {
            return ends.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }
    }
}
