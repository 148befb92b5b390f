/**
 * Proves where a listener on the server can be reached: connects to it through the session and sees what arrives.
 *
 * <p>It must not know what clients are connected to, nor how a server is asked for a listener.
 */
package dev.sshtunnels.forward.exposure;
