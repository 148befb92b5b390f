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
        String host = ip.indexOf(':') >= 0 ? "[" + ip + "]" : ip;
        return URI.create("http://" + host + ":" + port + "/status?after=" + after);
    }
}
