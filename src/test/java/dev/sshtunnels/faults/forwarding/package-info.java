/**
 * Faults of listeners on the server.
 *
 * <p>It must not know how the agent finds out about them.
 */
package dev.sshtunnels.faults.forwarding;
