/**
 * Cryptography for MINA from the JDK alone: Ed25519, ML-KEM, and the algorithms that are offered.
 *
 * <p>It must not know servers, logins or sessions.
 */
package dev.sshtunnels.ssh.crypto;
