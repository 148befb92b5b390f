package dev.sshtunnels.agent.session;

import dev.sshtunnels.ssh.ServerFacts;
import dev.sshtunnels.tunnel.Finding;
import dev.sshtunnels.tunnel.HostPort;
import java.time.Duration;

/** Where the supervisor stands. */
public sealed interface SessionState {

    /** Nothing was tried yet. */
    record Starting() implements SessionState {}

    /** The first attempt is under way; later ones leave the failure before them standing. */
    record Connecting(HostPort endpoint) implements SessionState {}

    /**
     * A session is up.
     *
     * @param next what keeps the documents' present login from replacing it, null when nothing does
     */
    record Connected(ServerFacts server, String user, Finding next) implements SessionState {}

    /** The last attempt or session failed; tried again within about so long. */
    record Waiting(Finding finding, HostPort endpoint, Duration within) implements SessionState {}

    /** Something that the login needs is missing or broken; tried again when files change, and only then. */
    record Unresolved(Finding finding) implements SessionState {}

    /** No session any more, by request. */
    record Stopped() implements SessionState {}
}
