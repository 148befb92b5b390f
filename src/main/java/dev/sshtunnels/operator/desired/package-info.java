/**
 * The children as they should be: pure functions from kinds and settings to documents, ports and Kubernetes objects.
 *
 * <p>It must not know what exists, how it is applied, a clock or the environment.
 */
package dev.sshtunnels.operator.desired;
