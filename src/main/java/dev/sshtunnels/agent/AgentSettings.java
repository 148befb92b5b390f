package dev.sshtunnels.agent;

import dev.sshtunnels.agent.files.Inputs;
import java.net.InetSocketAddress;
import java.time.Duration;

/**
 * How an agent is started.
 *
 * @param management where to serve health, status and metrics, null for nowhere
 * @param shutdownDelay for how long local listeners at least go on accepting once the agent is to end: who sends clients
 *     here learns only then that the agent is not ready any more
 */
public record AgentSettings(Inputs inputs, InetSocketAddress management, Duration shutdownDelay) {}
