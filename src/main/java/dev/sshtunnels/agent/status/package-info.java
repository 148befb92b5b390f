/**
 * What the agent says of itself: the report that is served, and whether it is ready.
 *
 * <p>It must not know what a log or a metric is, nor how anything comes about that it tells.
 */
package dev.sshtunnels.agent.status;
