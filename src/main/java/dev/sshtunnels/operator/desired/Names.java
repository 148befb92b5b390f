package dev.sshtunnels.operator.desired;

import dev.sshtunnels.operator.kinds.SshServer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Every name that the operator generates. Names of servers and tunnels have at most 63 characters. */
public final class Names {
    private static final int HASH_CHARS = 16;

    private Names() {}

    /** Name of a server's Deployment and ConfigMap. */
    public static String agents(SshServer server) {
        return server.getMetadata().getName() + "-ssh";
    }

    /** Key of a tunnel's document in the server's ConfigMap. */
    public static String document(String tunnel) {
        return "tunnel-" + tunnel + ".yaml";
    }

    /** A short name for a content; two contents with the same one are the same for every practical purpose. */
    public static String hash(String content) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, HASH_CHARS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
