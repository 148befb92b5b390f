/**
 * The loads: each puts one kind of traffic through a contestant and returns the figures it saw.
 *
 * <p>It must not know whose turn it is, nor what the figures are good for.
 */
package dev.sshtunnels.bench.load;
