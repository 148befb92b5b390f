/**
 * What the operator counts beside the framework's own metrics.
 *
 * <p>It must not write anything, and it looks at caches only: a scrape costs the API server nothing.
 */
package dev.sshtunnels.operator.metrics;
