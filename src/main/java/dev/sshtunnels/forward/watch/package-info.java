/**
 * Probes of a forward's target, and what is known of it by them and by clients.
 *
 * <p>It must not know which listener the forward has, nor what targets say: that is for {@code probe}.
 */
package dev.sshtunnels.forward.watch;
