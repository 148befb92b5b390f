/**
 * What a login is made of: private keys as users keep them, and the decision whether a host key is trusted.
 *
 * <p>It must not know sockets or sessions, and must never put key material into a message.
 */
package dev.sshtunnels.ssh.login;
