/**
 * L, R and D: listeners, dialers and the SOCKS server between TCP sockets and a session's channels.
 *
 * <p>It must not know MINA, documents or Kubernetes. Its sockets belong to the event loop.
 */
package dev.sshtunnels.forward;
