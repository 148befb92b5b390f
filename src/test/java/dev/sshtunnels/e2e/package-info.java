/**
 * The product as its users meet it: image, chart and kinds on a real Kubernetes, with a bastion, a database and a web
 * server behind it.
 *
 * <p>It must not know how agent and operator are built: it looks through {@code kubectl}, the bastion's log, and the
 * bytes that arrive.
 */
package dev.sshtunnels.e2e;
