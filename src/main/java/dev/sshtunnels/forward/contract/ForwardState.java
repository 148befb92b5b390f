package dev.sshtunnels.forward.contract;

import dev.sshtunnels.tunnel.Finding;

/** What became of a forward's listener. */
public sealed interface ForwardState {

    /** Asked for, not yet known. */
    record Opening() implements ForwardState {}

    /** Established. {@code address} as far as it can be known; {@code port} is the allocated one where 0 was asked. */
    record Listening(String address, int port) implements ForwardState {}

    /** Not established; tried again by itself. */
    record Failed(Finding finding) implements ForwardState {}
}
