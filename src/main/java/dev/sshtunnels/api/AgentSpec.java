package dev.sshtunnels.api;

/** The pods that hold the session. */
public record AgentSpec(Integer replicas, String drainTimeout, Boolean podDisruptionBudget, AgentTemplate template) {}
