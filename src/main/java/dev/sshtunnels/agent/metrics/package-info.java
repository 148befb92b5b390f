/**
 * The agent's metrics, and what each counts.
 *
 * <p>It must not know who reads them, nor what the report says.
 */
package dev.sshtunnels.agent.metrics;
