package dev.sshtunnels.agent.observation;

import dev.sshtunnels.agent.plan.ForwardKey;
import dev.sshtunnels.agent.session.SessionState;
import dev.sshtunnels.agent.status.Reports;
import dev.sshtunnels.agent.status.RoughTime;
import dev.sshtunnels.api.Reason;
import dev.sshtunnels.forward.contract.ForwardState;
import dev.sshtunnels.ssh.ServerFacts;
import dev.sshtunnels.tunnel.Finding;
import dev.sshtunnels.tunnel.Forward;
import dev.sshtunnels.tunnel.HostPort;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the log says of transitions: each once. */
final class AgentLog {

    private static final Logger log = LoggerFactory.getLogger("dev.sshtunnels.agent");

    private static final Set<Reason> GOOD =
            EnumSet.of(Reason.TargetConnected, Reason.ProbeSucceeded, Reason.TargetNotTried);

    private SessionState last;

    /** Supervisor's thread only. */
    void state(SessionState state) {
        if (state.equals(last)) {
            return;
        }
        last = state;
        switch (state) {
            case SessionState.Starting() -> {}
            case SessionState.Connecting(HostPort endpoint) ->
                log.atInfo().addKeyValue("endpoint", endpoint).log("connecting");
            case SessionState.Connected(ServerFacts server, String user, Finding next) -> connected(server, user, next);
            case SessionState.Waiting(Finding finding, HostPort endpoint, Duration within) ->
                log.atWarn()
                        .addKeyValue("reason", finding.reason())
                        .addKeyValue("endpoint", endpoint)
                        .addKeyValue("nextAttemptWithin", RoughTime.words(within))
                        .log("no session: {}", finding.message());
            case SessionState.Unresolved(Finding finding) ->
                log.atWarn().addKeyValue("reason", finding.reason()).log("no session: {}", finding.message());
            case SessionState.Stopped() -> log.atInfo().log("disconnected");
        }
    }

    private static void connected(ServerFacts server, String user, Finding next) {
        if (next != null) {
            log.atWarn()
                    .addKeyValue("reason", next.reason())
                    .log("the session goes on with its former login: {}", next.message());
            return;
        }
        log.atInfo()
                .addKeyValue("endpoint", server.endpoint())
                .addKeyValue("user", user)
                .addKeyValue("server", server.version())
                .addKeyValue("hostKey", server.hostKeyFingerprint())
                .addKeyValue("kex", server.kex())
                .addKeyValue("cipher", server.cipher())
                .log("connected");
    }

    void forward(ForwardKey key, Forward forward, ForwardState state) {
        switch (state) {
            case ForwardState.Opening() -> {}
            case ForwardState.Listening(String address, int port) ->
                log.atInfo().addKeyValue("forward", key).log("{} is up", line(forward, new HostPort(address, port)));
            case ForwardState.Failed(Finding finding) ->
                log.atWarn()
                        .addKeyValue("forward", key)
                        .addKeyValue("reason", finding.reason())
                        .log("{} is not up: {}", line(forward, forward.listen()), finding.message());
        }
    }

    /** As one says it with ssh: {@code L localhost:5432 -> db.corp:5432}. */
    private static String line(Forward forward, HostPort listen) {
        String target = Reports.target(forward);
        return forward.mode() + " " + listen + (target == null ? " (SOCKS)" : " -> " + target);
    }

    void exposure(ForwardKey key, Finding finding) {
        boolean bad = finding.reason() == Reason.LoopbackOnly || finding.reason() == Reason.NotReachable;
        (bad ? log.atWarn() : log.atInfo())
                .addKeyValue("forward", key)
                .addKeyValue("reason", finding.reason())
                .log("exposure: {}", finding.message());
    }

    void target(ForwardKey key, Finding finding) {
        boolean good = GOOD.contains(finding.reason());
        (good ? log.atInfo() : log.atWarn())
                .addKeyValue("forward", key)
                .addKeyValue("reason", finding.reason())
                .log("target: {}", finding.message());
    }
}
