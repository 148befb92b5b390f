/**
 * A link with a long round-trip time, between two network namespaces, made of TUN devices.
 *
 * <p>It stands in for {@code netem}, which many kernels of small virtual machines lack. It must not know what passes.
 */
package dev.sshtunnels.bench.link;
