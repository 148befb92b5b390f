/**
 * What the operator itself is in the cluster: whether it leads, what it may do, and how the API server answers it.
 *
 * <p>It must not know the kinds, nor what is reconciled.
 */
package dev.sshtunnels.operator.standing;
