/**
 * The same done with OpenSSH's {@code ssh} and with the agent, against one sshd: what can be seen of both must be equal.
 *
 * <p>It must not know how the agent does it; a difference that is meant says so in the scenario, with its reason.
 */
package dev.sshtunnels.differential;
