/**
 * What a spec means: effective forwards, addresses, durations, rules. Values and pure functions.
 *
 * <p>It must not know a clock, I/O, the environment, Kubernetes or MINA.
 */
package dev.sshtunnels.tunnel;
