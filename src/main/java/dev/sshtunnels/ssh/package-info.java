/**
 * The SSH session: connecting, key exchange, authentication and global requests, by Apache MINA SSHD.
 *
 * <p>Only this package and its subpackages know MINA. It must not know tunnels' documents, listeners or targets.
 */
package dev.sshtunnels.ssh;
