package dev.sshtunnels.ssh;

import java.net.InetAddress;
import javax.crypto.SecretKey;

/**
 * How a session was logged in.
 *
 * @param user as the server knows this client
 * @param server address that the session is connected to; behind NAT it need not be one that the server itself has
 * @param proofKey for HmacSHA256; agents that log in with one private key have one and the same, by which they know each
 *     other
 */
public record LoginFacts(String user, InetAddress server, SecretKey proofKey) {}
