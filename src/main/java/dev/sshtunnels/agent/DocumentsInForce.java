package dev.sshtunnels.agent;

import dev.sshtunnels.agent.files.References;
import dev.sshtunnels.agent.login.AccessResolver;
import dev.sshtunnels.agent.login.LoginResolver;
import dev.sshtunnels.agent.metrics.AgentMetrics;
import dev.sshtunnels.agent.observation.AuditLog;
import dev.sshtunnels.agent.plan.DocumentLoader;
import dev.sshtunnels.agent.plan.InvalidDocumentsException;
import dev.sshtunnels.agent.plan.LoadedDocuments;
import dev.sshtunnels.agent.plan.Plan;
import dev.sshtunnels.agent.plan.PlanInForce;
import dev.sshtunnels.agent.session.TunnelGates;
import dev.sshtunnels.agent.status.ReportBoard;
import dev.sshtunnels.tunnel.AccessRules;
import dev.sshtunnels.tunnel.Finding;
import dev.sshtunnels.tunnel.SocksPolicy;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The last good documents. Broken ones change nothing but what is said of them. Thread-safe. */
final class DocumentsInForce {

    private static final Logger log = LoggerFactory.getLogger(DocumentsInForce.class);

    private final DocumentLoader loader;
    private final ReportBoard board;
    private final AgentMetrics metrics;
    private final AuditLog audit;
    private final TunnelGates gates;
    private Map<String, Finding> closedProxies = Map.of();
    private volatile LoadedDocuments current;

    DocumentsInForce(
            DocumentLoader loader,
            LoadedDocuments first,
            ReportBoard board,
            AgentMetrics metrics,
            AuditLog audit,
            TunnelGates gates) {
        this.loader = loader;
        this.board = board;
        this.metrics = metrics;
        this.audit = audit;
        this.gates = gates;
        put(first, null);
    }

    Plan plan() {
        return current.plan();
    }

    References references() {
        return current.references();
    }

    /** Files changed: reads all documents anew. One thread only. */
    void reload() {
        try {
            LoadedDocuments next = loader.load();
            boolean same = next.plan().equals(current.plan());
            put(next, null);
            log.atInfo().log(same ? "files changed" : "documents changed");
        } catch (InvalidDocumentsException invalid) {
            invalid.problems()
                    .forEach(problem -> log.atError()
                            .addKeyValue("problem", problem)
                            .log("changed documents are wrong; the last good ones stay in force"));
            put(current, invalid.problems().getFirst());
        }
    }

    /** The gates first: no forward of a plan is without one. Secrets are read anew, whether documents changed or not. */
    private void put(LoadedDocuments documents, String problem) {
        AccessResolver resolver = new AccessResolver(documents.references().secrets());
        Map<String, AccessRules> rules = new HashMap<>();
        Map<String, Finding> closed = new HashMap<>();
        for (Plan.Tunnel tunnel : documents.plan().tunnels()) {
            AccessRules resolved = resolver.resolve(tunnel.access());
            rules.put(tunnel.name(), resolved);
            if (resolved.socks() instanceof SocksPolicy.RefuseAll(Finding why)) {
                closed.put(tunnel.name(), why);
            }
        }
        gates.apply(rules);
        audit.of(audited(documents.plan()));
        metrics.planned(
                LoginResolver.endpoints(documents.plan().server().spec()),
                documents.plan().forwards().keySet());
        current = documents;
        tell(closed);
        board.planned(new PlanInForce(documents.plan(), closed, problem));
    }

    private static Set<String> audited(Plan plan) {
        return plan.tunnels().stream()
                .filter(tunnel -> tunnel.access() != null
                        && Boolean.TRUE.equals(tunnel.access().auditLog()))
                .map(Plan.Tunnel::name)
                .collect(Collectors.toSet());
    }

    private void tell(Map<String, Finding> closed) {
        closed.forEach((tunnel, why) -> {
            if (!why.equals(closedProxies.get(tunnel))) {
                log.atWarn()
                        .addKeyValue("tunnel", tunnel)
                        .addKeyValue("reason", why.reason())
                        .log(why.message());
            }
        });
        closedProxies.keySet().stream()
                .filter(tunnel -> !closed.containsKey(tunnel))
                .forEach(tunnel -> log.atInfo().addKeyValue("tunnel", tunnel).log("SOCKS clients are let in again"));
        closedProxies = closed;
    }
}
