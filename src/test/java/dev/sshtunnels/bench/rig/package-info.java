/**
 * The processes of a benchmark: server, targets, and the two contestants that forward between them.
 *
 * <p>It must not know what is measured.
 */
package dev.sshtunnels.bench.rig;
