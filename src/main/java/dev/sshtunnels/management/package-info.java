/**
 * What operating a process needs: its HTTP endpoints for health, metrics and status, and its log.
 *
 * <p>It must not know what the process does: callers plug in their own handlers and health.
 */
package dev.sshtunnels.management;
