package dev.sshtunnels.operator.follow;

import dev.sshtunnels.report.AgentReport;
import dev.sshtunnels.report.ForwardReport;
import dev.sshtunnels.report.SessionReport;
import dev.sshtunnels.report.TunnelReport;

/** Makes what an agent says fit to be shown: texts of at most 1 KiB without control characters. */
public final class TextLimits {
    private static final int MAX_CHARS = 1024;
    private static final String CUT = "...";

    private TextLimits() {}

    static AgentReport applied(AgentReport report) {
        return new AgentReport(
                report.revision(),
                text(report.problem()),
                session(report.session()),
                report.tunnels().stream().map(TextLimits::tunnel).toList());
    }

    private static SessionReport session(SessionReport session) {
        return new SessionReport(
                session.connected(),
                session.reason(),
                text(session.message()),
                session.generation(),
                text(session.endpoint()),
                text(session.serverVersion()),
                text(session.hostKeyFingerprint()),
                text(session.kex()),
                text(session.cipher()),
                session.pendingReason(),
                text(session.pendingMessage()));
    }

    private static TunnelReport tunnel(TunnelReport tunnel) {
        return new TunnelReport(
                text(tunnel.name()),
                text(tunnel.uid()),
                tunnel.generation(),
                tunnel.forwards().stream().map(TextLimits::forward).toList());
    }

    private static ForwardReport forward(ForwardReport forward) {
        return new ForwardReport(
                text(forward.name()),
                forward.mode(),
                forward.ready(),
                text(forward.requestedAddress()),
                text(forward.boundAddress()),
                forward.port(),
                text(forward.target()),
                forward.reason(),
                text(forward.message()),
                forward.targetReason(),
                text(forward.targetMessage()),
                forward.exposedReason(),
                text(forward.exposedMessage()));
    }

    /** Also drops the characters that turn the direction of text or are invisible: a reader is to see what is there. */
    public static String text(String said) {
        if (said == null) {
            return null;
        }
        var clean = new StringBuilder();
        said.codePoints()
                .map(character -> Character.isWhitespace(character) ? ' ' : character)
                .filter(TextLimits::isVisible)
                .limit(MAX_CHARS)
                .forEach(clean::appendCodePoint);
        if (clean.length() >= MAX_CHARS) {
            int end = MAX_CHARS - CUT.length();
            clean.setLength(Character.isHighSurrogate(clean.charAt(end - 1)) ? end - 1 : end);
            clean.append(CUT);
        }
        return clean.toString();
    }

    private static boolean isVisible(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
