/**
 * The edge to the cluster: reads the caches, applies what was decided, writes what was found out.
 *
 * <p>It must not decide what a spec means or what a fact amounts to.
 */
package dev.sshtunnels.operator.reconcile;
