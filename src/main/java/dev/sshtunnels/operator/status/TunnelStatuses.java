package dev.sshtunnels.operator.status;

import dev.sshtunnels.api.ForwardStatus;
import dev.sshtunnels.api.Mode;
import dev.sshtunnels.api.Reason;
import dev.sshtunnels.api.TunnelEndpoint;
import dev.sshtunnels.api.TunnelServerStatus;
import dev.sshtunnels.operator.desired.TunnelServices;
import dev.sshtunnels.operator.desired.TunnelServices.Published;
import dev.sshtunnels.operator.kinds.SshServerStatus;
import dev.sshtunnels.operator.kinds.SshTunnel;
import dev.sshtunnels.operator.kinds.SshTunnelStatus;
import dev.sshtunnels.report.ForwardReport;
import dev.sshtunnels.tunnel.Finding;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Status of a tunnel from the facts about it. */
public final class TunnelStatuses {
    private final TunnelFacts facts;
    private final List<ForwardFacts> forwards;
    private final List<Published> published;

    private TunnelStatuses(TunnelFacts facts) {
        this.facts = facts;
        this.forwards = ForwardFacts.of(facts);
        this.published = TunnelServices.published(facts.tunnel());
    }

    /** @param now transition time of conditions that change */
    public static SshTunnelStatus of(TunnelFacts facts, Instant now) {
        return new TunnelStatuses(facts).status(now);
    }

    private SshTunnelStatus status(Instant now) {
        Optional<SshServerStatus> server = facts.server().map(owner -> owner.getStatus());
        return new SshTunnelStatus(
                facts.tunnel().getMetadata().getGeneration(),
                Summary.of(forwards.stream().map(ForwardFacts::spec).toList()),
                endpoint(),
                published.isEmpty() ? null : published.getFirst().service(),
                server.map(SshServerStatus::replicas).orElse(null),
                server.map(SshServerStatus::readyReplicas).orElse(null),
                new TunnelServerStatus(
                        facts.tunnel().serverName(),
                        server.map(SshServerStatus::activeEndpoint).orElse(null)),
                forwards.stream().map(this::forward).toList(),
                conditions(now));
    }

    private List<Condition> conditions(Instant now) {
        SshTunnel tunnel = facts.tunnel();
        var diagnosis = new TunnelDiagnosis(facts, forwards);
        List<Check> checks = diagnosis.checks();
        Check ready =
                Readiness.of(checks, diagnosis.tolerated(), diagnosis.degraded(checks), "the first byte can flow");
        List<Condition> before =
                tunnel.getStatus() == null ? List.of() : tunnel.getStatus().conditions();
        return new Conditions(before, tunnel.getMetadata().getGeneration(), now).of(checks, ready);
    }

    private TunnelEndpoint endpoint() {
        if (published.isEmpty()) {
            return null;
        }
        Published first = published.getFirst();
        String host = first.service() + "." + facts.tunnel().getMetadata().getNamespace() + ".svc";
        String scheme = first.forward().mode() == Mode.D ? "socks5h" : "tcp";
        return new TunnelEndpoint(host, first.port(), scheme + "://" + host + ":" + first.port());
    }

    private ForwardStatus forward(ForwardFacts forward) {
        Optional<ForwardReport> shown = forward.shown();
        boolean ready = forward.ready() && !facts.tunnel().suspended();
        Finding failure =
                facts.tunnel().suspended() ? new Finding(Reason.Suspended, "spec.suspend is true") : forward.failure();
        return new ForwardStatus(
                forward.spec().name(),
                forward.spec().mode(),
                ready,
                forward.spec().listen().address(),
                ready ? shown.map(ForwardReport::boundAddress).orElse(null) : null,
                port(forward, shown),
                Summary.target(forward.spec().target()),
                (ready ? Reason.AllForwardsReady : failure.reason()).name(),
                ready ? null : failure.message());
    }

    /** For R the port on the SSH server, which may have chosen it; else the port that clients use. */
    private Integer port(ForwardFacts forward, Optional<ForwardReport> shown) {
        if (forward.spec().mode() == Mode.R) {
            return shown.map(ForwardReport::port)
                    .filter(port -> port > 0)
                    .orElse(forward.spec().listen().port());
        }
        return published.stream()
                .filter(entry -> entry.forward().name().equals(forward.spec().name()))
                .map(Published::port)
                .findFirst()
                .orElse(forward.spec().listen().port());
    }
}
