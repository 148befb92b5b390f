package dev.sshtunnels.faults.inject;

import java.time.Duration;

/** What an {@link HttpFaultProxy} does with a request. */
public sealed interface HttpFault {

    /** Nothing. */
    record None() implements HttpFault {}

    /** Answers itself. */
    record Answer(int code) implements HttpFault {}

    /** Hands it on later. */
    record Delay(Duration duration) implements HttpFault {}

    /** RST instead of an answer. */
    record Reset() implements HttpFault {}

    /** Asks the server for something else. */
    record Other(String target) implements HttpFault {}
}
