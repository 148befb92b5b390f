package dev.sshtunnels.operator.status;

/**
 * That an agent does not answer.
 *
 * @param address host and port that were asked
 * @param error what came of it when it began
 */
public record Silence(String address, String error) {}
