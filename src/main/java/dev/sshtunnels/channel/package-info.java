/**
 * The connection protocol's channels (RFC 4254 5): numbers, windows, EOF and CLOSE.
 *
 * <p>It must not know sockets, MINA or what a channel is used for. All of it belongs to the event loop's thread.
 */
package dev.sshtunnels.channel;
