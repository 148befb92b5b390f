/**
 * Listeners on this machine, for L and D, and which clients are let in.
 *
 * <p>It must not know how the target is reached beyond a channel of the session, nor listeners on the server.
 */
package dev.sshtunnels.forward.local;
