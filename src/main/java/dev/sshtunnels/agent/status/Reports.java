package dev.sshtunnels.agent.status;

import dev.sshtunnels.agent.plan.ForwardKey;
import dev.sshtunnels.agent.plan.Plan;
import dev.sshtunnels.agent.plan.PlanInForce;
import dev.sshtunnels.agent.session.SessionState;
import dev.sshtunnels.api.Mode;
import dev.sshtunnels.api.Reason;
import dev.sshtunnels.forward.contract.ForwardState;
import dev.sshtunnels.report.AgentReport;
import dev.sshtunnels.report.ForwardReport;
import dev.sshtunnels.report.SessionReport;
import dev.sshtunnels.report.TunnelReport;
import dev.sshtunnels.ssh.ServerFacts;
import dev.sshtunnels.tunnel.Finding;
import dev.sshtunnels.tunnel.Forward;
import dev.sshtunnels.tunnel.HostPort;
import java.time.Duration;
import java.util.Map;

/** Words facts as a report; pure. Messages hold no times and no counters, so that equal facts make equal reports. */
public final class Reports {

    private Reports() {}

    static AgentReport report(
            long revision,
            PlanInForce inForce,
            SessionState session,
            long generation,
            Map<ForwardKey, ForwardFacts> facts) {
        var tunnels = inForce.plan().tunnels().stream()
                .map(tunnel -> tunnel(tunnel, inForce.closedProxies().get(tunnel.name()), facts))
                .toList();
        return new AgentReport(revision, inForce.problem(), session(session, generation, inForce.problem()), tunnels);
    }

    private static SessionReport session(SessionState state, long generation, String problem) {
        String suffix = problem == null ? "" : "; the last good documents stay in force: " + problem;
        return switch (state) {
            case SessionState.Starting() -> down(Reason.Connecting, "starting" + suffix, generation, null);
            case SessionState.Connecting(HostPort endpoint) ->
                down(Reason.Connecting, "connecting to " + endpoint + suffix, generation, endpoint);
            case SessionState.Waiting(Finding finding, HostPort endpoint, Duration within) ->
                down(
                        finding.reason(),
                        finding.message() + "; next attempt within about " + RoughTime.words(within) + suffix,
                        generation,
                        endpoint);
            case SessionState.Unresolved(Finding finding) ->
                down(finding.reason(), finding.message() + suffix, generation, null);
            case SessionState.Stopped() -> down(Reason.Connecting, "the agent is stopping", generation, null);
            case SessionState.Connected(ServerFacts server, String user, Finding next) ->
                up(server, "connected to " + server.endpoint() + " as " + user + suffix, generation, next);
        };
    }

    private static SessionReport down(Reason reason, String message, long generation, HostPort endpoint) {
        return new SessionReport(
                false,
                reason,
                message,
                generation,
                endpoint == null ? null : endpoint.toString(),
                null,
                null,
                null,
                null,
                null,
                null);
    }

    private static SessionReport up(ServerFacts server, String message, long generation, Finding next) {
        return new SessionReport(
                true,
                Reason.Connected,
                message,
                generation,
                server.endpoint().toString(),
                server.version(),
                server.hostKeyFingerprint(),
                server.kex(),
                server.cipher(),
                next == null ? null : next.reason(),
                next == null ? null : next.message());
    }

    private static TunnelReport tunnel(Plan.Tunnel tunnel, Finding closedProxy, Map<ForwardKey, ForwardFacts> facts) {
        return new TunnelReport(
                tunnel.name(),
                tunnel.uid(),
                tunnel.generation(),
                tunnel.forwards().stream()
                        .map(forward -> forward(
                                forward,
                                closedProxy,
                                facts.getOrDefault(new ForwardKey(tunnel.name(), forward.name()), ForwardFacts.NONE)))
                        .toList());
    }

    /** A proxy that lets nobody in is not ready, although it listens. */
    private static ForwardReport forward(Forward forward, Finding closedProxy, ForwardFacts facts) {
        if (closedProxy != null && (forward instanceof Forward.Dynamic || forward instanceof Forward.RemoteDynamic)) {
            return down(forward, facts, closedProxy);
        }
        return switch (facts.state()) {
            case ForwardState.Opening() ->
                down(forward, facts, new Finding(Reason.Establishing, "waits for the SSH session"));
            case ForwardState.Failed(Finding finding) -> down(forward, facts, finding);
            case ForwardState.Listening(String address, int port) ->
                forward(
                        forward,
                        facts,
                        true,
                        forward.mode() == Mode.R ? facts.exposure().boundAddress() : address,
                        port,
                        new Finding(Reason.AllForwardsReady, "listening on " + new HostPort(address, port)));
        };
    }

    private static ForwardReport down(Forward forward, ForwardFacts facts, Finding why) {
        return forward(forward, facts, false, null, 0, why);
    }

    private static ForwardReport forward(
            Forward forward, ForwardFacts facts, boolean ready, String bound, int port, Finding finding) {
        Finding exposed = forward.mode() == Mode.R ? facts.exposure().finding() : null;
        return new ForwardReport(
                forward.name(),
                forward.mode(),
                ready,
                forward.listen().host(),
                bound,
                port,
                target(forward),
                finding.reason(),
                finding.message(),
                facts.target().reason(),
                facts.target().message(),
                exposed == null ? null : exposed.reason(),
                exposed == null ? null : exposed.message());
    }

    public static String target(Forward forward) {
        return switch (forward) {
            case Forward.Local local -> local.target().toString();
            case Forward.Remote remote -> remote.target().toString();
            case Forward.Dynamic _, Forward.RemoteDynamic _ -> null;
        };
    }
}
