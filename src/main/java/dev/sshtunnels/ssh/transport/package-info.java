/**
 * The way of the bytes under MINA's client session: one socket on the event loop, own framing, own channels.
 *
 * <p>MINA keeps version exchange, key exchange, authentication and global requests; packets of the connection protocol's
 * channels (90 to 100) never reach it. {@link dev.sshtunnels.ssh.transport.TunnelSession} is the one class that leans on
 * members of MINA that are not its public interface; its documentation names them, and the version is pinned.
 *
 * <p>It must not know how a session is asked for, nor what channels are used for.
 */
package dev.sshtunnels.ssh.transport;
