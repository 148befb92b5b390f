package dev.sshtunnels.ssh.login;

import dev.sshtunnels.tunnel.PeerText;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * One line of known_hosts.
 *
 * @param number from 1
 */
record KnownHostsLine(int number, Marker marker, HostPatterns hosts, HostKey key) {

    enum Marker {
        NONE,
        CERT_AUTHORITY,
        REVOKED
    }

    /**
     * Reads a line; a comment or an empty line is none.
     *
     * @throws IllegalArgumentException saying what is wrong
     */
    static Optional<KnownHostsLine> parse(int number, String text) {
        String line = text.replace("\uFEFF", "").strip();
        if (line.isEmpty() || line.startsWith("#")) {
            return Optional.empty();
        }
        List<String> fields = Arrays.asList(line.split("[ \t]+"));
        Marker marker = marker(fields.getFirst());
        if (marker != Marker.NONE) {
            fields = fields.subList(1, fields.size());
        }
        if (fields.size() < 3) {
            throw new IllegalArgumentException("it has fewer than three fields");
        }
        HostPatterns hosts = HostPatterns.parse(fields.get(0));
        return Optional.of(new KnownHostsLine(number, marker, hosts, key(fields.get(1), fields.get(2))));
    }

    private static Marker marker(String field) {
        return switch (field) {
            case "@revoked" -> Marker.REVOKED;
            case "@cert-authority" -> Marker.CERT_AUTHORITY;
            default -> {
                if (field.startsWith("@")) {
                    throw new IllegalArgumentException("its marker is neither @revoked nor @cert-authority");
                }
                yield Marker.NONE;
            }
        };
    }

    private static HostKey key(String type, String base64) {
        HostKey key;
        try {
            key = HostKey.decode(base64);
        } catch (IllegalArgumentException _) {
            throw new IllegalArgumentException("its key is not base64");
        }
        if (!key.type().equals(type)) {
            throw new IllegalArgumentException(
                    "its key is cut short, or not of the type \"" + PeerText.printable(type, 40) + "\"");
        }
        return key;
    }

    String keyType() {
        return key.type();
    }

    String fingerprint() {
        return key.fingerprint();
    }

    boolean matches(String host) {
        return hosts.match(host);
    }

    boolean holds(HostKey presented) {
        return key.equals(presented);
    }
}
