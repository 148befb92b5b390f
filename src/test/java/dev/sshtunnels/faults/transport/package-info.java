/**
 * Faults between an agent and its SSH server: restarts, silence, loss, name resolution, servers that misbehave.
 *
 * <p>It must not know how the agent notices them.
 */
package dev.sshtunnels.faults.transport;
