/**
 * One forwarded connection: bytes between a socket and a channel, and the open ones of a forward.
 *
 * <p>It must not know where clients are accepted, nor who is let in.
 */
package dev.sshtunnels.forward.connection;
