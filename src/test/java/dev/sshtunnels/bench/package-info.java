/**
 * {@code dev/bench}: the agent and {@code ssh}, measured in turns against the same server and targets.
 *
 * <p>It must not know anything of the product's classes: the agent is the process that was built.
 */
package dev.sshtunnels.bench;
