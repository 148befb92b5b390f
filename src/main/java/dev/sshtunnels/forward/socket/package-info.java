/**
 * TCP sockets on the event loop: names, dialling, reading, writing, ending, and descriptors that run short.
 *
 * <p>It must not know forwards, nor what becomes of the bytes.
 */
package dev.sshtunnels.forward.socket;
