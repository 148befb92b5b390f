/**
 * The controller process: wires reconcilers, followers of agents, health and metrics, and runs them until stopped.
 *
 * <p>It must not know SSH, event loops or the environment; settings arrive as a value.
 */
package dev.sshtunnels.operator;
