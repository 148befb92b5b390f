package dev.sshtunnels.operator.desired;

/**
 * The image of the agents' pods.
 *
 * @param name with its tag or digest
 * @param pullPolicy {@code Always}, {@code IfNotPresent} or {@code Never}
 */
public record AgentImage(String name, String pullPolicy) {}
