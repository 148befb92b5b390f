package dev.sshtunnels.operator.desired;

import dev.sshtunnels.operator.kinds.SshServer;
import dev.sshtunnels.operator.kinds.SshTunnel;
import java.util.HashMap;
import java.util.Map;

/** Every label and annotation key that the operator writes, and the sets of them. */
public final class Labels {
    static final String NAME = "app.kubernetes.io/name";
    static final String INSTANCE = "app.kubernetes.io/instance";
    static final String MANAGED_BY = "app.kubernetes.io/managed-by";
    static final String OPERATOR = "ssh-tunnel-operator";
    static final String AGENT = "ssh-tunnel-agent";

    /** Name of the server whose child or pod this is. */
    public static final String SERVER = "sshtunnels.dev/server";

    /** Its uid: pods of a deleted and newly made server of the same name are not mixed up. */
    public static final String SERVER_UID = "sshtunnels.dev/server-uid";

    /** Name of the tunnel whose Service this is; the API server copies it to the EndpointSlices. */
    public static final String TUNNEL = "sshtunnels.dev/tunnel";

    /** Annotation of the pod template: hash of what a running session cannot change into. */
    static final String SESSION_HASH = "sshtunnels.dev/session-hash";

    /** Annotation of a Deployment: hash of its pod template but for the Secrets of tunnels. */
    static final String TEMPLATE_HASH = "sshtunnels.dev/template-hash";

    /** Annotation of a pod: hash of the documents it was told about. */
    public static final String DOCUMENTS_HASH = "sshtunnels.dev/documents-hash";

    /** Selects everything that the operator made. */
    public static final String MANAGED_SELECTOR = MANAGED_BY + "=" + OPERATOR;

    private Labels() {}

    static Map<String, String> ofServer(SshServer server) {
        return Map.of(
                NAME,
                AGENT,
                INSTANCE,
                server.getMetadata().getName(),
                MANAGED_BY,
                OPERATOR,
                SERVER,
                server.getMetadata().getName());
    }

    /** Selects the agents of one server. */
    static Map<String, String> agents(SshServer server) {
        return Map.of(
                NAME, AGENT,
                SERVER, server.getMetadata().getName(),
                SERVER_UID, server.getMetadata().getUid());
    }

    static Map<String, String> ofPod(SshServer server) {
        return over(ofServer(server), agents(server));
    }

    static Map<String, String> ofTunnel(SshTunnel tunnel) {
        return Map.of(
                NAME,
                AGENT,
                INSTANCE,
                tunnel.getMetadata().getName(),
                MANAGED_BY,
                OPERATOR,
                TUNNEL,
                tunnel.getMetadata().getName());
    }

    /** The user's entries with the operator's over them: a user cannot take a pod out of its selector. */
    static Map<String, String> over(Map<String, String> users, Map<String, String> ours) {
        var merged = new HashMap<>(users);
        merged.putAll(ours);
        return merged;
    }
}
