/**
 * Listeners on the server, for R, and their clients, who are connected from here: to a target or by SOCKS.
 *
 * <p>It must not know listeners on this machine, nor who is let in there.
 */
package dev.sshtunnels.forward.remote;
