package dev.sshtunnels.operator.reconcile;

import dev.sshtunnels.api.Reason;
import dev.sshtunnels.operator.desired.AgentConfigMap;
import dev.sshtunnels.operator.desired.AgentDeployment;
import dev.sshtunnels.operator.desired.Names;
import dev.sshtunnels.operator.desired.Owner;
import dev.sshtunnels.operator.follow.TextLimits;
import dev.sshtunnels.operator.kinds.SshServer;
import dev.sshtunnels.operator.kinds.SshServerStatus;
import dev.sshtunnels.operator.kinds.SshTunnel;
import dev.sshtunnels.operator.metrics.ResourceCounts;
import dev.sshtunnels.operator.resolve.Rules;
import dev.sshtunnels.operator.resolve.ServerPlan;
import dev.sshtunnels.operator.resolve.ServerPlanner;
import dev.sshtunnels.operator.status.ServerFacts;
import dev.sshtunnels.operator.status.ServerStatuses;
import dev.sshtunnels.tunnel.Finding;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ErrorStatusUpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Gives every server its agents and their documents, and says how they fare. */
final class SshServerReconciler implements Reconciler<SshServer> {
    private final ServerPlanner planner;
    private final AgentDeployment deployments;
    private final Applier applier;
    private final DocumentNotice notice;
    private final Exchange exchange;
    private final TransitionEvents events;
    private final Clock clock;
    private final ResourceCounts counts;
    private ServerSources sources;

    SshServerReconciler(Parts parts, Exchange exchange) {
        this.planner = new ServerPlanner(parts.serialization());
        this.deployments = new AgentDeployment(parts.image(), parts.serialization());
        this.applier = parts.applier();
        this.notice = new DocumentNotice(parts.client(), parts.fieldManager());
        this.events = parts.events();
        this.clock = parts.clock();
        this.counts = parts.counts();
        this.exchange = exchange;
    }

    private static List<Condition> conditions(SshServer object) {
        return object.getStatus() == null ? List.of() : object.getStatus().conditions();
    }

    @Override
    public List<EventSource<?, SshServer>> prepareEventSources(EventSourceContext<SshServer> context) {
        sources = new ServerSources(context, exchange);
        counts.count("SshServer", () -> context.getPrimaryCache().list().map(SshServerReconciler::conditions));
        var all = new ArrayList<>(sources.all());
        all.add(exchange.serverEvents());
        return all;
    }

    @Override
    public UpdateControl<SshServer> reconcile(SshServer server, Context<SshServer> context) {
        if (server.isMarkedForDeletion()) {
            return UpdateControl.noUpdate();
        }
        List<SshTunnel> tunnels = sources.tunnels(server);
        ServerPlan plan = plan(server, tunnels);
        List<Pod> pods = observe(server);
        Optional<Finding> refused = applied(server, plan);
        publish(server, plan, context);
        plan.documents().ifPresent(documents -> notice.give(pods, documents.hash()));
        Optional<String> podsRefused = existingDeployment(server).flatMap(SshServerReconciler::podsRefused);
        ServerFacts facts = facts(server, plan, refused, podsRefused, tunnels.size());
        return Refusal.lookAgain(report(facts), facts.rejected());
    }

    @Override
    public ErrorStatusUpdateControl<SshServer> updateErrorStatus(
            SshServer server, Context<SshServer> context, Exception error) {
        return AfterError.of(error, words -> {
            List<SshTunnel> tunnels = sources.tunnels(server);
            ServerPlan plan = plan(server, tunnels);
            if (lastPlan(server).isEmpty()) {
                // So that its tunnels can say at least that it has no agents.
                publish(server, plan, context);
            }
            return report(facts(server, plan, Optional.empty(), Optional.of(words), tunnels.size()));
        });
    }

    private ServerFacts facts(
            SshServer server,
            ServerPlan plan,
            Optional<Finding> refused,
            Optional<String> workloadRefused,
            int tunnels) {
        return new ServerFacts(
                server,
                plan.rejected().or(() -> refused),
                existingDeployment(server)
                        .filter(existing -> Owner.controls(server, existing))
                        .isPresent(),
                AgentDeployment.replicas(server),
                exchange.agents(ResourceID.fromResource(server)),
                workloadRefused,
                tunnels);
    }

    /** When somebody deleted the documents, from those of memory: ports that moved would lead clients astray. */
    private ServerPlan plan(SshServer server, List<SshTunnel> tunnels) {
        Optional<Finding> rejected = Rules.server(server.getSpec()).or(() -> unusableTemplate(server));
        AgentConfigMap current = configMap(server)
                .filter(configMap -> Owner.controls(server, configMap))
                .map(configMap -> AgentConfigMap.read(configMap.getData()))
                .or(() -> lastPlan(server).flatMap(ServerPlan::documents))
                .orElseGet(() -> AgentConfigMap.read(Map.of()));
        return planner.plan(server, rejected, tunnels, current, name -> sources.service(server, name));
    }

    private Optional<Finding> unusableTemplate(SshServer server) {
        try {
            deployments.of(server, Set.of(), Optional.empty());
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of(new Finding(Reason.InvalidSpec, e.getMessage()));
        }
    }

    /**
     * The documents first, so that new pods find theirs; the Deployment of a rejected edit stays as it is. Empty when
     * all went well.
     */
    private Optional<Finding> applied(SshServer server, ServerPlan plan) {
        return Refusal.of(Reason.ServerNameTaken, () -> {
            applyDocuments(server, plan);
            if (plan.rejected().isEmpty()) {
                Optional<Deployment> existing = existingDeployment(server);
                applier.apply(deployments.of(server, plan.secrets(), existing), existing, server);
            }
        });
    }

    private void applyDocuments(SshServer server, ServerPlan plan) throws ForeignObjectException {
        if (plan.documents().isPresent()) {
            Optional<ConfigMap> before = configMap(server);
            ConfigMap applied = applier.applyUnchanged(plan.documents().get().object(server), before, server);
            sources.remember(applied, before);
        }
    }

    private List<Pod> observe(SshServer server) {
        List<Pod> pods = sources.pods(server);
        exchange.pods(
                ResourceID.fromResource(server), pods.stream().map(PodState::of).toList());
        return pods;
    }

    private void publish(SshServer server, ServerPlan plan, Context<SshServer> context) {
        exchange.publish(
                ResourceID.fromResource(server),
                plan,
                context.getPrimaryCache().list().map(ResourceID::fromResource).collect(Collectors.toSet()));
    }

    private Optional<ServerPlan> lastPlan(SshServer server) {
        return exchange.last(
                ResourceID.fromResource(server), server.getMetadata().getUid());
    }

    private UpdateControl<SshServer> report(ServerFacts facts) {
        SshServer server = facts.server();
        if (exchange.pending(ResourceID.fromResource(server))) {
            return UpdateControl.noUpdate();
        }
        SshServerStatus now = ServerStatuses.of(facts, clock.instant());
        SshServerStatus before = server.getStatus();
        if (now.equals(before)) {
            return UpdateControl.noUpdate();
        }
        events.announce(server, before == null ? List.of() : before.conditions(), now.conditions());
        var fresh = new SshServer();
        fresh.setMetadata(StatusPatch.identity(server));
        fresh.setStatus(now);
        return UpdateControl.patchStatus(fresh);
    }

    /** The Deployment hands on what its ReplicaSets are told when they make pods. */
    private static Optional<String> podsRefused(Deployment deployment) {
        return deployment.getStatus() == null
                ? Optional.empty()
                : deployment.getStatus().getConditions().stream()
                        .filter(condition ->
                                "ReplicaFailure".equals(condition.getType()) && "True".equals(condition.getStatus()))
                        .map(condition -> TextLimits.text(condition.getMessage()))
                        .findFirst();
    }

    private Optional<ConfigMap> configMap(SshServer server) {
        return sources.configMap(server, Names.agents(server));
    }

    private Optional<Deployment> existingDeployment(SshServer server) {
        return sources.deployment(server, Names.agents(server));
    }
}
