/**
 * What is said to a target to find out whether it is alive, and what its answer shows: PostgreSQL, MySQL, Redis, TLS, HTTP,
 * or the user's own words. No credentials; MySQL alone is left with a login without a name, which it denies.
 *
 * <p>It must not know sockets, SSH, threads or time: bytes in, verdict out. All bytes of a target are untrusted.
 */
package dev.sshtunnels.probe;
