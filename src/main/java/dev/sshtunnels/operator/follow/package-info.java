/**
 * Follows what every agent says of itself, by one long poll per pod, and keeps the latest report of each in memory.
 *
 * <p>It must not know what a report means, and it believes nothing of it beyond its shape.
 */
package dev.sshtunnels.operator.follow;
