/**
 * The kinds as users write them: one record per object of {@code crds/}, component names equal to property names,
 * absent properties {@code null} (absent lists empty).
 *
 * <p>It must not know how documents are read, how Kubernetes is reached or what a tunnel does: JDK types only.
 */
package dev.sshtunnels.api;
