package dev.sshtunnels.forward.exposure;

import dev.sshtunnels.forward.socket.ConnectFailure;

/** What became of a connection of the agent's own to a port of its server. */
public sealed interface ProbeOutcome {

    /** An agent with the same login holds the listener: this one, or another. */
    record Answered() implements ProbeOutcome {}

    /** Somebody else answered, or closed the connection. */
    record Strange() implements ProbeOutcome {}

    /**
     * The connection was accepted, and nothing came back although its end was sent. So does an sshd whose client is gone:
     * it reads nothing before that client has agreed to the channel (RFC 4254 5.1).
     */
    record Silent() implements ProbeOutcome {}

    /** The server did not connect. */
    record NotConnected(ConnectFailure cause) implements ProbeOutcome {}
}
