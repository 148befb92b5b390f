/**
 * The dialogue of a SOCKS server (RFC 1928, RFC 1929, SOCKS4a): bytes of a client in, replies and a destination out.
 *
 * <p>It must not know what carries the bytes, nor how a destination is connected to.
 */
package dev.sshtunnels.forward.socks;
