package dev.sshtunnels.ssh.login;

import dev.sshtunnels.api.Reason;
import dev.sshtunnels.ssh.HostKeyTrust;
import dev.sshtunnels.ssh.login.KnownHostsLine.Marker;
import dev.sshtunnels.tunnel.HostPort;
import dev.sshtunnels.tunnel.PeerText;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which host keys are trusted, read and checked (sshd(8), SSH_KNOWN_HOSTS FILE FORMAT). */
public final class KnownHosts {

    private static final String FINGERPRINT_PREFIX = "SHA256:";
    private static final int DIGEST_BYTES = 32;
    private static final int SSH_PORT = 22;

    private final HostKeyTrust trust;
    private final List<KnownHostsLine> lines;
    private final Set<String> fingerprints;

    private KnownHosts(HostKeyTrust trust, List<KnownHostsLine> lines, Set<String> fingerprints) {
        this.trust = trust;
        this.lines = lines;
        this.fingerprints = fingerprints;
    }

    /**
     * Reads all lines; one that cannot be understood might be the one that revokes a key, so it fails the whole.
     *
     * @throws UnusableException with {@code InvalidKnownHosts}, naming source and line
     */
    public static KnownHosts parse(HostKeyTrust trust) throws UnusableException {
        List<KnownHostsLine> lines = new ArrayList<>();
        for (int i = 0; i < trust.knownHosts().size(); i++) {
            try {
                KnownHostsLine.parse(i + 1, trust.knownHosts().get(i)).ifPresent(lines::add);
            } catch (IllegalArgumentException e) {
                throw invalid("line " + (i + 1) + " of " + trust.source() + " is no known_hosts line: " + e.getMessage()
                        + "; write it as: host key-type base64-key");
            }
        }
        Set<String> fingerprints =
                trust.fingerprints().stream().map(String::strip).collect(Collectors.toSet());
        for (String fingerprint : fingerprints) {
            if (!isFingerprint(fingerprint)) {
                throw invalid("\"" + PeerText.printable(fingerprint, 80)
                        + "\" is no fingerprint; write it as ssh-keygen -lf prints it: SHA256: and 43 characters");
            }
        }
        return new KnownHosts(
                trust,
                List.copyOf(lines),
                fingerprints.stream().map(KnownHosts::unpadded).collect(Collectors.toSet()));
    }

    private static boolean isFingerprint(String text) {
        try {
            return text.startsWith(FINGERPRINT_PREFIX)
                    && Base64.getDecoder().decode(text.substring(FINGERPRINT_PREFIX.length())).length == DIGEST_BYTES;
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    private static String unpadded(String fingerprint) {
        return fingerprint.replaceFirst("=+$", "");
    }

    /** The key types that lines for the host name, such as {@code ssh-ed25519}; the server is asked for these first. */
    public Set<String> keyTypes(HostPort endpoint) {
        return linesFor(endpoint, Marker.NONE).map(KnownHostsLine::keyType).collect(Collectors.toSet());
    }

    /** Whether the key that the host presented is the one expected. */
    public HostKeyVerdict verify(HostPort endpoint, HostKey presented) {
        if (isRevoked(endpoint, presented)) {
            return new HostKeyVerdict.Refused(Reason.HostKeyRevoked, revoked(endpoint, presented));
        }
        List<KnownHostsLine> expected = linesFor(endpoint, Marker.NONE).toList();
        if (fingerprints.contains(presented.fingerprint())
                || expected.stream().anyMatch(line -> line.holds(presented))
                || expected.isEmpty() && trustedWithoutPort(endpoint, presented)) {
            return new HostKeyVerdict.Trusted();
        }
        if (expected.isEmpty() && fingerprints.isEmpty()) {
            return new HostKeyVerdict.Refused(Reason.HostKeyUnknown, unknown(endpoint, presented));
        }
        return new HostKeyVerdict.Refused(Reason.HostKeyMismatch, mismatch(endpoint, presented, expected));
    }

    private Stream<KnownHostsLine> linesFor(HostPort endpoint, Marker marker) {
        return linesFor(name(endpoint), marker);
    }

    private Stream<KnownHostsLine> linesFor(String name, Marker marker) {
        return lines.stream().filter(line -> line.marker() == marker && line.matches(name));
    }

    /**
     * With the port or without: a stolen key is to be trusted at no port of its host. ssh looks for the host without port
     * only where no line names the port.
     */
    private boolean isRevoked(HostPort endpoint, HostKey presented) {
        return Stream.concat(linesFor(endpoint, Marker.REVOKED), linesWithoutPort(endpoint, Marker.REVOKED))
                .anyMatch(line -> line.holds(presented));
    }

    /** As ssh does, a line without port serves for a port that no line names (sshconnect.c, {@code check_host_key}). */
    private boolean trustedWithoutPort(HostPort endpoint, HostKey presented) {
        return linesWithoutPort(endpoint, Marker.NONE).anyMatch(line -> line.holds(presented));
    }

    private Stream<KnownHostsLine> linesWithoutPort(HostPort endpoint, Marker marker) {
        return trust.alias() == null ? linesFor(endpoint.host(), marker) : Stream.empty();
    }

    private String name(HostPort endpoint) {
        if (trust.alias() != null) {
            return trust.alias();
        }
        return endpoint.port() == SSH_PORT ? endpoint.host() : "[" + endpoint.host() + "]:" + endpoint.port();
    }

    private String revoked(HostPort endpoint, HostKey presented) {
        return endpoint + " presented the host key " + presented + ", which " + trust.source()
                + " marks as revoked; somebody may use a stolen key, or the server needs a new one";
    }

    private String unknown(HostPort endpoint, HostKey presented) {
        return endpoint + " presented the host key " + presented + ", and " + trust.source() + " has no key for "
                + name(endpoint) + authorities(endpoint)
                + "; compare it with ssh-keygen -lf on the server and, if it is"
                + " the same, add the line: " + name(endpoint) + " " + presented.line();
    }

    private String mismatch(HostPort endpoint, HostKey presented, List<KnownHostsLine> expected) {
        Stream<String> fromLines = expected.stream()
                .map(line -> line.fingerprint() + " (" + line.keyType() + ", line " + line.number() + ")");
        String wanted = Stream.concat(fromLines, fingerprints.stream().sorted()).collect(Collectors.joining(", "));
        return endpoint + " presented the host key " + presented + ", but " + trust.source() + " expects " + wanted
                + authorities(endpoint) + "; somebody may be in between, or the key was replaced: if ssh-keygen -lf on"
                + " the server shows it, put there instead: " + name(endpoint) + " " + presented.line();
    }

    private String authorities(HostPort endpoint) {
        boolean any = linesFor(endpoint, Marker.CERT_AUTHORITY).findAny().isPresent();
        return any ? " (its @cert-authority line is not supported yet)" : "";
    }

    private static UnusableException invalid(String message) {
        return new UnusableException(Reason.InvalidKnownHosts, message);
    }
}
