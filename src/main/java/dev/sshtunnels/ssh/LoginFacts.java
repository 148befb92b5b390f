package dev.sshtunnels.ssh;

import java.net.InetAddress;
import java.util.function.UnaryOperator;

/**
 * How a session was logged in.
 *
 * @param user as the server knows this client
 * @param server address that the session is connected to; behind NAT it need not be one that the server itself has
 * @param mac makes a code of 32 bytes for a message (HMAC-SHA256), which only agents that log in with the same private key
 *     can make: by this they know each other
 */
public record LoginFacts(String user, InetAddress server, UnaryOperator<byte[]> mac) {}
