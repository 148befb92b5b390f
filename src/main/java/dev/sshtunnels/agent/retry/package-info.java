/**
 * When the next attempt is due, by what the last ones came to.
 *
 * <p>It must not know how an attempt is made, nor that anybody waits.
 */
package dev.sshtunnels.agent.retry;
