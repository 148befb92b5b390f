/**
 * L, R and D on a session: opens a forward by putting together what its subpackages do.
 *
 * <p>It must not know MINA, documents or Kubernetes. No subpackage knows it.
 */
package dev.sshtunnels.forward;
