/**
 * Whether hung, slow and lost peers harm others, and whether what they cost comes back: the agent as a process with the
 * options that it has in a pod, between a real sshd and targets on loopback.
 *
 * <p>It must not know the agent's classes, but by their names in a heap histogram.
 */
package dev.sshtunnels.isolation;
