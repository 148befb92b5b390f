package dev.sshtunnels.operator.resolve;

import dev.sshtunnels.api.Reason;
import dev.sshtunnels.operator.desired.AgentConfigMap;
import dev.sshtunnels.operator.desired.AgentDocuments;
import dev.sshtunnels.operator.desired.PortBook;
import dev.sshtunnels.operator.kinds.SshServer;
import dev.sshtunnels.operator.kinds.SshTunnel;
import dev.sshtunnels.tunnel.Finding;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/** Decides what a server carries. An edit that is not accepted changes nothing: its last good version stays. */
public final class ServerPlanner {
    private static final Comparator<SshTunnel> OLDEST_FIRST = Comparator.comparing((SshTunnel tunnel) ->
                    Optional.ofNullable(tunnel.getMetadata().getCreationTimestamp())
                            .orElse(""))
            .thenComparing(tunnel -> tunnel.getMetadata().getName());

    private final KubernetesSerialization yaml;
    private final AgentDocuments documents;

    public ServerPlanner(KubernetesSerialization yaml) {
        this.yaml = yaml;
        this.documents = new AgentDocuments(yaml);
    }

    /**
     * @param rejected why the server is not accepted
     * @param tunnels those that belong to the server
     * @param current what the agents have now; empty at first
     * @param services Services of the namespace by name
     */
    public ServerPlan plan(
            SshServer server,
            Optional<Finding> rejected,
            List<SshTunnel> tunnels,
            AgentConfigMap current,
            Function<String, Optional<Service>> services) {
        List<Candidate> candidates = candidates(tunnels, current);
        PortBook book = current.ports()
                .assign(candidates.stream()
                        .flatMap(candidate -> candidate.portKeys().stream())
                        .toList());
        Optional<String> serverText =
                rejected.isEmpty() ? Optional.of(documents.server(server)) : Optional.ofNullable(current.server());
        var targets = new TargetServices(server.getMetadata().getNamespace(), services);
        SortedMap<String, String> texts = new TreeMap<>();
        Set<String> secrets = new HashSet<>();
        Map<String, TunnelPlan> plans = new HashMap<>();
        for (Candidate undecided : candidates) {
            Candidate candidate = withPorts(undecided, book);
            var resolved = targets.resolve(candidate.wanted());
            Optional<String> text = candidate.accepted()
                    ? text(candidate, resolved, book)
                    : Optional.ofNullable(candidate.running()).map(_ -> current.tunnel(candidate.name()));
            text.ifPresent(document -> {
                texts.put(candidate.name(), document);
                secrets.addAll(candidate.secrets());
            });
            long running = text.isEmpty() || serverText.isEmpty() ? 0 : candidate.runningGeneration();
            plans.put(
                    candidate.name(),
                    new TunnelPlan(
                            candidate.tunnel().getMetadata().getUid(),
                            candidate.tunnel().getMetadata().getGeneration(),
                            candidate.rejected(),
                            candidate.accepted() ? resolved.unresolved() : List.of(),
                            running,
                            book.of(candidate.name())));
        }
        return new ServerPlan(
                server.getMetadata().getUid(),
                rejected,
                serverText.map(text -> AgentConfigMap.of(text, texts, book)),
                secrets,
                plans);
    }

    private Optional<String> text(Candidate candidate, TargetServices.Resolved resolved, PortBook book) {
        return resolved.forwards().isEmpty()
                ? Optional.empty()
                : Optional.of(documents.tunnel(candidate.tunnel(), resolved.forwards(), book));
    }

    private List<Candidate> candidates(List<SshTunnel> tunnels, AgentConfigMap current) {
        List<Candidate> judged = tunnels.stream()
                .sorted(OLDEST_FIRST)
                .map(tunnel -> new Candidate(tunnel, running(tunnel, current), Rules.tunnel(tunnel.getSpec())))
                .toList();
        var remotePorts = new RemotePorts(judged);
        var candidates = new ArrayList<Candidate>();
        for (Candidate candidate : judged) {
            candidates.add(
                    candidate.accepted()
                            ? remotePorts
                                    .conflict(candidate)
                                    .map(candidate::reject)
                                    .orElse(candidate)
                            : candidate);
        }
        return candidates;
    }

    private static Candidate withPorts(Candidate candidate, PortBook book) {
        boolean complete = book.ports().keySet().containsAll(candidate.portKeys());
        return complete || !candidate.accepted()
                ? candidate
                : candidate.reject(new Finding(
                        Reason.NoAgentPortFree,
                        "the server's agents have no port left for this tunnel; use another SshServer for it"));
    }

    /**
     * Null also for the document of a former tunnel of this name, which ends with its tunnel. A document without a uid is
     * of an operator before there were uids, and stays: to take it away could cut a tunnel that works.
     */
    private SshTunnel running(SshTunnel tunnel, AgentConfigMap current) {
        SshTunnel document = read(current.tunnel(tunnel.getMetadata().getName()));
        String uid = document == null ? null : document.getMetadata().getUid();
        return uid == null || uid.equals(tunnel.getMetadata().getUid()) ? document : null;
    }

    /** Null also for a text that somebody broke: then there is no last good version to keep. */
    private SshTunnel read(String text) {
        if (text == null) {
            return null;
        }
        try {
            SshTunnel document = yaml.unmarshal(text, SshTunnel.class);
            return document.getSpec() == null || document.getMetadata().getGeneration() == null ? null : document;
        } catch (KubernetesClientException | IllegalArgumentException e) {
            return null;
        }
    }
}
