package dev.sshtunnels.operator.reconcile;

import dev.sshtunnels.api.ConditionType;
import dev.sshtunnels.operator.desired.Owner;
import dev.sshtunnels.operator.kinds.SshServer;
import dev.sshtunnels.operator.kinds.SshTunnel;
import dev.sshtunnels.operator.kinds.SshTunnelStatus;
import dev.sshtunnels.operator.metrics.ResourceCounts;
import dev.sshtunnels.operator.resolve.Rules;
import dev.sshtunnels.operator.resolve.TunnelPlan;
import dev.sshtunnels.operator.status.Conditions;
import dev.sshtunnels.operator.status.TunnelFacts;
import dev.sshtunnels.operator.status.TunnelStatuses;
import dev.sshtunnels.tunnel.Finding;
import io.fabric8.kubernetes.api.model.Condition;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ErrorStatusUpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Gives every tunnel its Services and, if it brings one, its server, and says how it fares. */
final class SshTunnelReconciler implements Reconciler<SshTunnel> {
    private final Applier applier;
    private final TransitionEvents events;
    private final Exchange exchange;
    private final Settling settling = new Settling();
    private final Clock clock;
    private final ResourceCounts counts;
    private TunnelSources sources;
    private TunnelChildren children;

    SshTunnelReconciler(Parts parts, Exchange exchange) {
        this.applier = parts.applier();
        this.events = parts.events();
        this.clock = parts.clock();
        this.counts = parts.counts();
        this.exchange = exchange;
    }

    private static List<Condition> conditions(SshTunnel object) {
        return object.getStatus() == null ? List.of() : object.getStatus().conditions();
    }

    @Override
    public List<EventSource<?, SshTunnel>> prepareEventSources(EventSourceContext<SshTunnel> context) {
        sources = new TunnelSources(context);
        counts.count("SshTunnel", () -> context.getPrimaryCache().list().map(SshTunnelReconciler::conditions));
        children = new TunnelChildren(sources, applier);
        var all = new ArrayList<>(sources.all());
        all.add(exchange.tunnelEvents());
        return all;
    }

    @Override
    public UpdateControl<SshTunnel> reconcile(SshTunnel tunnel, Context<SshTunnel> context) {
        if (tunnel.isMarkedForDeletion()) {
            return UpdateControl.noUpdate();
        }
        Optional<Finding> invalid = Rules.tunnel(tunnel.getSpec());
        Optional<Finding> refused = invalid.isPresent() ? invalid : children.server(tunnel);
        Optional<SshServer> server = server(tunnel);
        if (server.isEmpty()) {
            // One that was just made comes into the cache, and this tunnel here again.
            return tunnel.bringsServer() && refused.isEmpty()
                    ? UpdateControl.noUpdate()
                    : report(tunnel, withoutServer(tunnel, refused));
        }
        Optional<TunnelPlan> plan = plan(tunnel, server.get());
        if (plan.isEmpty()) {
            return UpdateControl.noUpdate();
        }
        Optional<Finding> rejected = refused.or(plan.get()::rejected)
                .or(() -> children.services(tunnel, server.get(), plan.get().ports()));
        Duration unsettled = unsettled(tunnel, context);
        UpdateControl<SshTunnel> update =
                report(tunnel, facts(tunnel, rejected, plan.get(), server.get(), unsettled.isZero(), Optional.empty()));
        return unsettled.isZero() ? update : update.rescheduleAfter(unsettled);
    }

    @Override
    public ErrorStatusUpdateControl<SshTunnel> updateErrorStatus(
            SshTunnel tunnel, Context<SshTunnel> context, Exception error) {
        return AfterError.of(
                error,
                words -> server(tunnel)
                        .map(server -> refused(tunnel, server, words, context))
                        .orElseGet(() -> report(tunnel, withoutServer(tunnel, Optional.empty()))));
    }

    private UpdateControl<SshTunnel> refused(
            SshTunnel tunnel, SshServer server, String words, Context<SshTunnel> context) {
        boolean settled = unsettled(tunnel, context).isZero();
        return plan(tunnel, server)
                .map(plan -> facts(tunnel, plan.rejected(), plan, server, settled, Optional.of(words)))
                .map(facts -> report(tunnel, facts))
                .orElseGet(UpdateControl::noUpdate);
    }

    /** One that the tunnel brings is never another of the same name. */
    private Optional<SshServer> server(SshTunnel tunnel) {
        return sources.server(tunnel, tunnel.serverName())
                .filter(found -> !tunnel.bringsServer() || Owner.controls(tunnel, found));
    }

    /** Empty while the server's reconciliation is on its way, which tells when it has come to this tunnel. */
    private Optional<TunnelPlan> plan(SshTunnel tunnel, SshServer server) {
        ResourceID id = ResourceID.fromResource(server);
        return exchange.plan(id, tunnel.getMetadata().getName())
                .filter(made -> made.isOf(tunnel) && !exchange.pending(id));
    }

    private static TunnelFacts withoutServer(SshTunnel tunnel, Optional<Finding> refused) {
        return new TunnelFacts(
                tunnel, refused, List.of(), 0, Optional.empty(), List.of(), Set.of(), false, Optional.empty());
    }

    private TunnelFacts facts(
            SshTunnel tunnel,
            Optional<Finding> rejected,
            TunnelPlan plan,
            SshServer server,
            boolean settled,
            Optional<String> servicesRefused) {
        return new TunnelFacts(
                tunnel,
                rejected,
                plan.unresolved(),
                plan.running(),
                Optional.of(server),
                exchange.agents(ResourceID.fromResource(server)),
                children.reachableServices(tunnel),
                settled,
                servicesRefused);
    }

    /**
     * Time until clients on every node reach the agents that are ready now. A tunnel that is ready stays so when one
     * agent takes the place of another: the one that leaves serves on for longer than that.
     */
    private Duration unsettled(SshTunnel tunnel, Context<SshTunnel> context) {
        Duration left = settling.left(
                ResourceID.fromResource(tunnel),
                children.ways(tunnel),
                clock.instant(),
                () -> context.getPrimaryCache()
                        .list()
                        .map(ResourceID::fromResource)
                        .collect(Collectors.toSet()));
        return wasReady(tunnel) ? Duration.ZERO : left;
    }

    private static boolean wasReady(SshTunnel tunnel) {
        return tunnel.getStatus() != null
                && Conditions.find(tunnel.getStatus().conditions(), ConditionType.Ready)
                        .filter(Conditions::isTrue)
                        .filter(ready -> tunnel.getMetadata().getGeneration().equals(ready.getObservedGeneration()))
                        .isPresent();
    }

    private UpdateControl<SshTunnel> report(SshTunnel tunnel, TunnelFacts facts) {
        SshTunnelStatus now = TunnelStatuses.of(facts, clock.instant());
        SshTunnelStatus before = tunnel.getStatus();
        UpdateControl<SshTunnel> update = now.equals(before) ? UpdateControl.noUpdate() : patch(tunnel, now);
        return Refusal.lookAgain(update, facts.rejected());
    }

    private UpdateControl<SshTunnel> patch(SshTunnel tunnel, SshTunnelStatus now) {
        events.announce(
                tunnel,
                tunnel.getStatus() == null ? List.of() : tunnel.getStatus().conditions(),
                now.conditions());
        var fresh = new SshTunnel();
        fresh.setMetadata(StatusPatch.identity(tunnel));
        fresh.setStatus(now);
        return UpdateControl.patchStatus(fresh);
    }
}
