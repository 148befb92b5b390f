package dev.sshtunnels.report;

import dev.sshtunnels.api.Mode;
import dev.sshtunnels.api.Reason;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A report as the tree of maps and lists that its JSON is; property names are the records' component names. */
final class ReportTree {

    private ReportTree() {}

    static Map<String, Object> of(AgentReport report) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("revision", report.revision());
        put(tree, "problem", report.problem());
        tree.put("session", session(report.session()));
        tree.put("tunnels", report.tunnels().stream().map(ReportTree::tunnel).toList());
        return tree;
    }

    private static Map<String, Object> session(SessionReport session) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("connected", session.connected());
        put(tree, "reason", name(session.reason()));
        put(tree, "message", session.message());
        tree.put("generation", session.generation());
        put(tree, "endpoint", session.endpoint());
        put(tree, "serverVersion", session.serverVersion());
        put(tree, "hostKeyFingerprint", session.hostKeyFingerprint());
        put(tree, "kex", session.kex());
        put(tree, "cipher", session.cipher());
        put(tree, "pendingReason", name(session.pendingReason()));
        put(tree, "pendingMessage", session.pendingMessage());
        return tree;
    }

    private static Map<String, Object> tunnel(TunnelReport tunnel) {
        Map<String, Object> tree = new LinkedHashMap<>();
        put(tree, "name", tunnel.name());
        put(tree, "uid", tunnel.uid());
        tree.put("generation", tunnel.generation());
        tree.put("forwards", tunnel.forwards().stream().map(ReportTree::forward).toList());
        return tree;
    }

    private static Map<String, Object> forward(ForwardReport forward) {
        Map<String, Object> tree = new LinkedHashMap<>();
        put(tree, "name", forward.name());
        put(tree, "mode", name(forward.mode()));
        tree.put("ready", forward.ready());
        put(tree, "requestedAddress", forward.requestedAddress());
        put(tree, "boundAddress", forward.boundAddress());
        tree.put("port", forward.port());
        put(tree, "target", forward.target());
        put(tree, "reason", name(forward.reason()));
        put(tree, "message", forward.message());
        put(tree, "targetReason", name(forward.targetReason()));
        put(tree, "targetMessage", forward.targetMessage());
        put(tree, "exposedReason", name(forward.exposedReason()));
        put(tree, "exposedMessage", forward.exposedMessage());
        return tree;
    }

    static AgentReport report(ReportNode node) throws InvalidReportException {
        List<TunnelReport> tunnels = new ArrayList<>();
        for (ReportNode tunnel : node.objects("tunnels")) {
            tunnels.add(tunnel(tunnel));
        }
        return new AgentReport(
                node.integer("revision"), node.text("problem"), session(node.object("session")), tunnels);
    }

    private static SessionReport session(ReportNode node) throws InvalidReportException {
        return new SessionReport(
                node.flag("connected"),
                node.constant("reason", Reason.class, Reason.Connecting),
                node.text("message"),
                node.integer("generation"),
                node.text("endpoint"),
                node.text("serverVersion"),
                node.text("hostKeyFingerprint"),
                node.text("kex"),
                node.text("cipher"),
                node.constant("pendingReason", Reason.class, null),
                node.text("pendingMessage"));
    }

    private static TunnelReport tunnel(ReportNode node) throws InvalidReportException {
        List<ForwardReport> forwards = new ArrayList<>();
        for (ReportNode forward : node.objects("forwards")) {
            forwards.add(forward(forward));
        }
        return new TunnelReport(required(node, "name"), node.text("uid"), node.integer("generation"), forwards);
    }

    private static ForwardReport forward(ReportNode node) throws InvalidReportException {
        Mode mode = node.constant("mode", Mode.class, null);
        if (mode == null) {
            throw node.wrong("mode", "L, R or D");
        }
        return new ForwardReport(
                required(node, "name"),
                mode,
                node.flag("ready"),
                node.text("requestedAddress"),
                node.text("boundAddress"),
                node.port("port"),
                node.text("target"),
                node.constant("reason", Reason.class, Reason.Establishing),
                node.text("message"),
                node.constant("targetReason", Reason.class, Reason.TargetNotTried),
                node.text("targetMessage"),
                node.constant("exposedReason", Reason.class, null),
                node.text("exposedMessage"));
    }

    private static String required(ReportNode node, String name) throws InvalidReportException {
        String text = node.text(name);
        if (text == null || text.isEmpty()) {
            throw node.wrong(name, "present");
        }
        return text;
    }

    private static void put(Map<String, Object> tree, String name, String value) {
        if (value != null) {
            tree.put(name, value);
        }
    }

    private static String name(Enum<?> constant) {
        return constant == null ? null : constant.name();
    }
}
