/**
 * The event loop: one thread that waits for sockets, timers and tasks, and owns everything that moves bytes.
 *
 * <p>It must not know SSH, channels or what its handlers do. Handlers never block.
 */
package dev.sshtunnels.loop;
