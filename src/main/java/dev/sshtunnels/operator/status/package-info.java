/**
 * The diagnosis: pure checks over observed facts that end in conditions and the rest of a status.
 *
 * <p>It must not know how facts are gathered, a clock, or who writes the status.
 */
package dev.sshtunnels.operator.status;
