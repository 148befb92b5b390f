package dev.sshtunnels.tunnel;

import dev.sshtunnels.api.Reason;

/**
 * What was found out about one thing: a reason from the closed list, and what failed, where, and how to mend it.
 *
 * @param message one or two sentences for a person; no key material, no line breaks
 */
public record Finding(Reason reason, String message) {}
