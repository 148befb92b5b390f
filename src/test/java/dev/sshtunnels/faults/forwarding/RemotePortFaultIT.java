package dev.sshtunnels.faults.forwarding;

import static dev.sshtunnels.faults.Row.F38;
import static dev.sshtunnels.faults.Row.F39;
import static dev.sshtunnels.faults.Row.F40;
import static dev.sshtunnels.faults.Row.F41;
import static dev.sshtunnels.faults.Row.F42;
import static dev.sshtunnels.faults.Row.F43;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sshtunnels.api.Reason;
import dev.sshtunnels.faults.Covers;
import dev.sshtunnels.faults.FaultAgent;
import dev.sshtunnels.faults.FaultScenario;
import dev.sshtunnels.faults.Stage;
import dev.sshtunnels.report.AgentReport;
import dev.sshtunnels.report.ForwardReport;
import dev.sshtunnels.testing.Commands;
import dev.sshtunnels.testing.Ports;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("the server does not listen, or not where it was asked to")
class RemotePortFaultIT extends FaultScenario {

    private static final String REMOTE = "remote";
    private static final String CLIENT_SPECIFIED = "GatewayPorts clientspecified";
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final int ATTEMPT_MILLIS = 1000;

    @Test
    @Covers(F38)
    void aPortThatAnotherHasIsTakenWhenItIsFree() throws Exception {
        Stage stage = stage(CLIENT_SPECIFIED).up();
        int port = Ports.OF_THIS_RUN.next();
        Process other = untilTheEnd(sshHolding(stage, port)).process();

        stage.incident(F38, "another ssh client has the remote port")
                .inject("`ssh -R` of the port, then the forward", () -> remote(stage, "*", port))
                .shows(stage.agent(), SOON, Reason.RemotePortInUse.name(), has(Reason.RemotePortInUse))
                .end(() -> other.destroyForcibly().waitFor())
                .recovers(Duration.ofSeconds(15), () -> answers(stage, port))
                .passed();
    }

    @Test
    @Covers(F39)
    void aPortThatAStoppedAgentHasIsTakenWithinSecondsOfItsEnd() throws Exception {
        Stage stage = stage(CLIENT_SPECIFIED).up();
        int port = Ports.OF_THIS_RUN.next();
        FaultAgent former = agent().server(
                        stage.site().address(),
                        stage.server().port(),
                        stage.server().user(),
                        stage.server().hostKey("ed25519"))
                .document(REMOTE, document("*", port, stage))
                .start()
                .awaitReady();

        stage.incident(F39, "an agent that does not run any more holds the remote port")
                .inject("SIGSTOP to that agent, then the same forward of another", () -> {
                    Commands.run(List.of(
                            "kill", "-STOP", Long.toString(former.process().pid())));
                    remote(stage, "*", port);
                })
                .shows(
                        stage.agent(),
                        SOON,
                        Reason.RemotePortHeldByStaleSession.name(),
                        has(Reason.RemotePortHeldByStaleSession))
                .end(former.process()::close)
                .recovers(SOON, () -> answers(stage, port))
                .passed();
    }

    @Test
    @Covers(F40)
    void aServerThatForbidsRemoteForwardsIsNamed() throws Exception {
        Stage stage = stage("AllowTcpForwarding local").up();

        stage.incident(F40, "the server forbids remote forwarding")
                .inject("`AllowTcpForwarding local`", () -> remote(stage, "*", Ports.OF_THIS_RUN.next()))
                .shows(stage.agent(), SOON, Reason.ForwardingProhibited.name(), has(Reason.ForwardingProhibited))
                .passed();
        assertThat(stage.passes()).as("the L forward beside it").isTrue();
    }

    @Test
    @Covers(F41)
    void aListenerThatOthersDoNotReachIsFoundOut() throws Exception {
        Stage stage = stage("GatewayPorts no").up();
        int port = Ports.OF_THIS_RUN.next();

        stage.incident(F41, F41.fault())
                .inject("`GatewayPorts no`, and all addresses are asked for", () -> remote(stage, "*", port))
                .shows(
                        stage.agent(),
                        Duration.ofSeconds(10),
                        "`Exposed` " + Reason.LoopbackOnly,
                        exposed(Reason.LoopbackOnly, "GatewayPorts clientspecified"))
                .passed();
        assertThat(answers(stage, port)).isFalse();
    }

    @Test
    @Covers(F42)
    void aListenerThatIsOpenToMoreThanWasAskedForIsFoundOut() throws Exception {
        Stage stage = stage("GatewayPorts yes").up();
        int port = Ports.OF_THIS_RUN.next();

        stage.incident(F42, "the server opens a listener on loopback to everybody")
                .inject("`GatewayPorts yes`, and loopback is asked for", () -> remote(stage, "127.0.0.1", port))
                .shows(
                        stage.agent(),
                        Duration.ofSeconds(10),
                        "`Exposed` Verified, which says that listen.address is overridden",
                        exposed(Reason.Verified, "overrides listen.address"))
                .passed();
        assertThat(answers(stage, port)).isTrue();
    }

    @Test
    @Covers(F43)
    void aPortOfTheServersChoiceIsToldAnewAfterARestart() throws Exception {
        Stage stage = stage(CLIENT_SPECIFIED).up();
        remote(stage, "*", 0);

        stage.incident(F43, "the server is restarted and chooses another port")
                .inject("sshd and its sessions are ended", stage.server()::stop)
                .shows(
                        stage.agent(),
                        SOON,
                        "`Establishing`",
                        report -> forward(report)
                                .filter(each -> each.reason() == Reason.Establishing)
                                .isPresent())
                .end(stage.server()::start)
                .recovers(
                        Duration.ofSeconds(6),
                        () -> stage.agent()
                                .report()
                                .flatMap(RemotePortFaultIT::forward)
                                .filter(each -> each.ready() && answers(stage, each.port()))
                                .isPresent())
                .passed();
    }

    private static void remote(Stage stage, String address, int port) throws IOException {
        stage.agent().document(REMOTE, document(address, port, stage));
    }

    private static String document(String address, int port, Stage stage) {
        return """
                apiVersion: sshtunnels.dev/v1alpha1
                kind: SshTunnel
                metadata: {name: %s}
                spec:
                  serverRef: {name: bastion}
                  mode: R
                  listen: {address: "%s", port: %d}
                  target: {host: "%s", port: %d}
                """.formatted(REMOTE, address, port, stage.site().here(), stage.echoPort());
    }

    private static Optional<ForwardReport> forward(AgentReport report) {
        return report.tunnels().stream()
                .filter(tunnel -> tunnel.name().equals(REMOTE))
                .flatMap(tunnel -> tunnel.forwards().stream())
                .findFirst();
    }

    private static Predicate<AgentReport> has(Reason reason) {
        return report -> forward(report).filter(each -> each.reason() == reason).isPresent();
    }

    private static Predicate<AgentReport> exposed(Reason reason, String words) {
        return report -> forward(report)
                .filter(each ->
                        each.exposedReason() == reason && each.exposedMessage().contains(words))
                .isPresent();
    }

    /** Whether another host than the server gets a byte back through the listener, now. */
    private static boolean answers(Stage stage, int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(stage.site().address(), port), ATTEMPT_MILLIS);
            socket.setSoTimeout(ATTEMPT_MILLIS);
            socket.getOutputStream().write('x');
            return socket.getInputStream().read() == 'x';
        } catch (IOException notYet) {
            return false;
        }
    }

    /** Somebody's ssh client, ended with the test. */
    private record Client(Process process) implements AutoCloseable {
        @Override
        public void close() {
            process.destroyForcibly();
        }
    }

    private Client sshHolding(Stage stage, int port) throws IOException {
        Process ssh = new ProcessBuilder(
                        "ssh",
                        "-F",
                        "none",
                        "-N",
                        "-o",
                        "StrictHostKeyChecking=no",
                        "-o",
                        "UserKnownHostsFile=/dev/null",
                        "-o",
                        "ExitOnForwardFailure=yes",
                        "-i",
                        key().privateFile().toString(),
                        "-p",
                        Integer.toString(stage.server().port()),
                        "-R",
                        "*:" + port + ":127.0.0.1:9",
                        stage.server().user() + "@" + stage.site().address())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        await("ssh has the port").until(() -> stage.site().run("ss", "-Hltn").contains(":" + port + " "));
        return new Client(ssh);
    }
}
