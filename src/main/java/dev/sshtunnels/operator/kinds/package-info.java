/**
 * The kinds as the Kubernetes client sees them: resource classes and status records around the specs of the API, and
 * their serialisation.
 *
 * <p>It must not know what the operator does with them.
 */
package dev.sshtunnels.operator.kinds;
