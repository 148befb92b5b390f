package dev.sshtunnels.operator.follow;

import java.net.URI;

/**
 * Where one agent answers. The address comes from the API server, never from what an agent says.
 *
 * @param uid uid of its pod
 * @param ip address of the pod, IPv6 without brackets
 * @param port management port
 */
public record AgentAddress(String uid, String ip, int port) {

    URI status(long after) {
        return URI.create("http://" + authority() + "/status?after=" + after);
    }

    /** As in a URI (RFC 3986 section 3.2). */
    String authority() {
        return (ip.indexOf(':') >= 0 ? "[" + ip + "]" : ip) + ":" + port;
    }
}
