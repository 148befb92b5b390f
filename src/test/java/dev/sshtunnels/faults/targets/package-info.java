/**
 * Faults of what forwards connect to.
 *
 * <p>It must not know how the agent finds out, only what its report and its clients see.
 */
package dev.sshtunnels.faults.targets;
