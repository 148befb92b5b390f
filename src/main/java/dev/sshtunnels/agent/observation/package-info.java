/**
 * Where all that happens comes together: report, metrics, the log and the audit log.
 *
 * <p>It must not know how to change anything of what it hears.
 */
package dev.sshtunnels.agent.observation;
