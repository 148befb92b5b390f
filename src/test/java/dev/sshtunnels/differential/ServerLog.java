package dev.sshtunnels.differential;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What sshd logs of forwards, without what differs between two runs of the same client. */
final class ServerLog {

    /** OpenSSH serverloop.c and channels.c: who asked for what, and what became of it. */
    private static final Pattern OF_FORWARDS = Pattern.compile("server_input_channel_open: |server_request_direct|"
            + "server_input_global_request: (cancel-)?tcpip-forward|Local forwarding listening|forwarding to .* requested|"
            + "refused|[Ss]erver has disabled|overridden");

    /** Ports, channel numbers and window sizes, but no part of an address. */
    private static final Pattern NUMBER = Pattern.compile("(?<![\\d.:\\w])\\d+(?![\\d.]*\\.\\d|:)");

    /** Somebody has connected to a remote listener. */
    private static final Pattern CONNECTION = Pattern.compile("forwarding to .* requested");

    private ServerLog() {}

    /** The kinds of lines about forwards; how often one came is left out, as the agent asks again when refused. */
    static Set<String> kindsOf(List<String> lines) {
        return OwnQuestions.leftOut(lines).stream()
                .filter(line -> OF_FORWARDS.matcher(line).find())
                .map(line -> NUMBER.matcher(line).replaceAll("N"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Those of them that are not about connections to a listener. */
    static Set<String> kindsOfGrants(List<String> lines) {
        return kindsOf(lines).stream()
                .filter(line -> !CONNECTION.matcher(line).find())
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
