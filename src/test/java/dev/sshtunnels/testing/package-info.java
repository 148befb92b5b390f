/**
 * Real counterparts for tests: an OpenSSH server, keys made by ssh-keygen, a Kubernetes.
 *
 * <p>It must not know anything of the product except values that users write.
 */
package dev.sshtunnels.testing;
