package dev.sshtunnels.operator.status;

import dev.sshtunnels.api.Mode;
import dev.sshtunnels.api.Reason;
import dev.sshtunnels.operator.kinds.KindsSerialization;
import dev.sshtunnels.operator.kinds.SshServer;
import dev.sshtunnels.operator.kinds.SshTunnel;
import dev.sshtunnels.operator.status.AgentContainer.End;
import dev.sshtunnels.operator.status.AgentContainer.Trouble;
import dev.sshtunnels.report.AgentReport;
import dev.sshtunnels.report.ForwardReport;
import dev.sshtunnels.report.SessionReport;
import dev.sshtunnels.report.TunnelReport;
import dev.sshtunnels.tunnel.Finding;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Facts for diagnoses: of a server and tunnel where all is well, and what can be different. */
final class Facts {
    static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    private static final KubernetesSerialization YAML = KindsSerialization.create();

    private Facts() {}

    static SshServer server() {
        return YAML.unmarshal("""
                apiVersion: sshtunnels.dev/v1alpha1
                kind: SshServer
                metadata: {name: bastion, namespace: shop, uid: u1, generation: 3}
                spec: {endpoints: [{host: bastion.corp}], user: tunnel}
                """, SshServer.class);
    }

    static SshTunnel tunnel(String mode) {
        return tunnelWith("mode: " + mode + ", listen: {port: 5432}, target: {host: db.corp, port: 5432}");
    }

    /** @param spec fields beside serverRef, in flow style */
    static SshTunnel tunnelWith(String spec) {
        return YAML.unmarshal("""
                apiVersion: sshtunnels.dev/v1alpha1
                kind: SshTunnel
                metadata: {name: orders-db, namespace: shop, uid: u2, generation: 7}
                spec: {serverRef: {name: bastion}, %s}
                """.formatted(spec), SshTunnel.class);
    }

    static SessionReport connected() {
        return session(true, Reason.Connected, "up", 3);
    }

    static SessionReport session(boolean connected, Reason reason, String message, long generation) {
        return session(connected, reason, message, generation, null);
    }

    /** A session that stands although its login could not be repeated. */
    static SessionReport pending(Finding pending) {
        return session(true, Reason.Connected, "up", 3, pending);
    }

    private static SessionReport session(
            boolean connected, Reason reason, String message, long generation, Finding pending) {
        return new SessionReport(
                connected,
                reason,
                message,
                generation,
                "bastion.corp:22",
                "SSH-2.0-OpenSSH_9.2",
                "SHA256:x",
                null,
                null,
                pending == null ? null : pending.reason(),
                pending == null ? null : pending.message());
    }

    static ForwardReport forward(boolean ready, Reason reason, Reason target) {
        return new ForwardReport(
                "tunnel",
                Mode.L,
                ready,
                "*",
                ready ? "*" : null,
                20_000,
                "db.corp:5432",
                reason,
                "why",
                target,
                "how",
                null,
                null);
    }

    /** An R forward that the server listens for. */
    static ForwardReport remote(Reason exposed, String why) {
        return new ForwardReport(
                "tunnel",
                Mode.R,
                true,
                "*",
                exposed == Reason.Verified ? "*" : null,
                8080,
                "web:80",
                Reason.AllForwardsReady,
                "",
                Reason.TargetNotTried,
                "",
                exposed,
                why);
    }

    static Agent agent(SessionReport session, ForwardReport... forwards) {
        return agent(true, session, 7, forwards);
    }

    static Agent agent(boolean ready, SessionReport session, long generation, ForwardReport... forwards) {
        return agent(ready, session, generation, Set.of("bastion-key"), forwards);
    }

    static Agent agent(
            boolean ready, SessionReport session, long generation, Set<String> secrets, ForwardReport... forwards) {
        return new Agent(
                "bastion-ssh-1",
                true,
                ready,
                new AgentContainer(Optional.empty(), Optional.empty(), 0),
                secrets,
                Optional.of(new AgentReport(
                        1, null, session, List.of(new TunnelReport("orders-db", "u2", generation, List.of(forwards))))),
                Optional.empty());
    }

    /** The same agent when what it says of the tunnel is about an object of that uid; null when it does not tell. */
    static Agent about(String uid, Agent agent) {
        AgentReport said = agent.report().orElseThrow();
        List<TunnelReport> tunnels = said.tunnels().stream()
                .map(tunnel -> new TunnelReport(tunnel.name(), uid, tunnel.generation(), tunnel.forwards()))
                .toList();
        return saying(agent, new AgentReport(said.revision(), said.problem(), said.session(), tunnels));
    }

    /** The same agent while it cannot use its newest documents. */
    static Agent refusing(Agent agent, String problem) {
        AgentReport said = agent.report().orElseThrow();
        return saying(agent, new AgentReport(said.revision(), problem, said.session(), said.tunnels()));
    }

    private static Agent saying(Agent agent, AgentReport report) {
        return new Agent(
                agent.pod(),
                agent.running(),
                agent.ready(),
                agent.container(),
                agent.secrets(),
                Optional.of(report),
                agent.silence());
    }

    /** An agent whose container does not run. */
    static Agent stuck(String reason, String message) {
        return notRunning(new Trouble(reason, message), Optional.empty());
    }

    /** One whose container does not run any more. */
    static Agent ended(String reason, End end) {
        return notRunning(new Trouble(reason, ""), Optional.of(end));
    }

    private static Agent notRunning(Trouble trouble, Optional<End> end) {
        return new Agent(
                "bastion-ssh-1",
                false,
                false,
                new AgentContainer(Optional.of(trouble), end, end.isPresent() ? 1 : 0),
                Set.of(),
                Optional.empty(),
                Optional.empty());
    }

    /** One whose container has ended so often, and runs again, but has not reported yet. */
    static Agent startedAgain(End end, int times) {
        var container = new AgentContainer(Optional.empty(), Optional.of(end), times);
        return new Agent("bastion-ssh-1", true, false, container, Set.of(), Optional.empty(), Optional.empty());
    }

    static ServerFacts refusedPods(String message) {
        return new ServerFacts(server(), Optional.empty(), true, 1, List.of(), Optional.of(message), 1);
    }

    static ServerFacts of(Agent... agents) {
        return new ServerFacts(server(), Optional.empty(), true, 1, List.of(agents), Optional.empty(), 1);
    }

    /** A server with the status that follows from these agents. */
    static SshServer serverWith(Agent... agents) {
        SshServer server = server();
        server.setStatus(ServerStatuses.of(of(agents), NOW));
        return server;
    }

    /** A tunnel whose Service has an endpoint when an agent is ready. */
    static TunnelFacts tunnel(SshTunnel tunnel, Agent... agents) {
        boolean reachable = List.of(agents).stream().anyMatch(Agent::ready);
        return new TunnelFacts(
                tunnel,
                Optional.empty(),
                List.of(),
                7,
                Optional.of(serverWith(agents)),
                List.of(agents),
                reachable ? Set.of("orders-db") : Set.of(),
                true,
                Optional.empty());
    }

    static TunnelFacts rejected(TunnelFacts facts, long running, Reason reason, String message) {
        return new TunnelFacts(
                facts.tunnel(),
                Optional.of(new Finding(reason, message)),
                facts.unresolved(),
                running,
                facts.server(),
                facts.agents(),
                facts.reachableServices(),
                facts.settled(),
                facts.servicesRefused());
    }

    /** The same while the nodes do not know the endpoints yet. */
    static TunnelFacts unsettled(TunnelFacts facts) {
        return new TunnelFacts(
                facts.tunnel(),
                facts.rejected(),
                facts.unresolved(),
                facts.running(),
                facts.server(),
                facts.agents(),
                facts.reachableServices(),
                false,
                facts.servicesRefused());
    }
}
