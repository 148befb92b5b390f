/**
 * What a server carries: which of its tunnels are accepted, where their targets are, who has which port. Pure.
 *
 * <p>It must not know how objects are read or written, nor what agents report.
 */
package dev.sshtunnels.operator.resolve;
