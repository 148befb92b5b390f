package dev.sshtunnels.ssh.login;

import dev.sshtunnels.api.Reason;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The armoured key in a file.
 *
 * @param lines what stands between the two markers, headers and base64
 */
record PemBlock(Kind kind, List<String> lines, byte[] data, String source) {

    private static final String OPENSSH_MAGIC = "openssh-key-v1\0";
    private static final Pattern PUBLIC_KEY =
            Pattern.compile("^(?:ssh-(?:rsa|ed25519|dss)|ecdsa-sha2-\\S+|sk-\\S+@openssh\\.com) +AAAA.*");

    /** Formats by their markers. */
    enum Kind {
        OPENSSH("OPENSSH PRIVATE KEY"),
        RSA("RSA PRIVATE KEY"),
        EC("EC PRIVATE KEY"),
        PKCS8("PRIVATE KEY"),
        ENCRYPTED_PKCS8("ENCRYPTED PRIVATE KEY");

        private final String label;

        Kind(String label) {
            this.label = label;
        }
    }

    String begin() {
        return "-----BEGIN " + kind.label + "-----";
    }

    String end() {
        return "-----END " + kind.label + "-----";
    }

    boolean encrypted() {
        return switch (kind) {
            case ENCRYPTED_PKCS8 -> true;
            case RSA, EC ->
                lines.stream().anyMatch(line -> line.startsWith("Proc-Type:") && line.contains("ENCRYPTED"));
            case OPENSSH -> !cipherName().equals("none");
            case PKCS8 -> false;
        };
    }

    /** The string behind the magic (OpenSSH PROTOCOL.key). */
    private String cipherName() {
        int start = OPENSSH_MAGIC.length() + Integer.BYTES;
        int length = data.length < start ? 0 : data[start - 1] & 0xff;
        return data.length < start + length ? "none" : new String(data, start, length, StandardCharsets.US_ASCII);
    }

    static PemBlock find(byte[] file, String source) throws UnusableException {
        String text = new String(file, StandardCharsets.UTF_8).replace("\uFEFF", "");
        List<String> lines = text.lines().map(String::strip).toList();
        for (Kind kind : Kind.values()) {
            int begin = lines.indexOf("-----BEGIN " + kind.label + "-----");
            if (begin >= 0) {
                int end = lines.indexOf("-----END " + kind.label + "-----");
                if (end < begin) {
                    throw invalid(source, "has no line \"-----END " + kind.label + "-----\"; copy the whole file");
                }
                return of(kind, lines.subList(begin + 1, end), source);
            }
        }
        throw invalid(source, problem(text.strip(), lines));
    }

    private static PemBlock of(Kind kind, List<String> lines, String source) throws UnusableException {
        List<String> content = lines.stream().filter(line -> !line.isEmpty()).toList();
        List<String> base64 = new ArrayList<>(content);
        base64.removeIf(line -> line.indexOf(':') >= 0);
        try {
            return new PemBlock(kind, content, Base64.getDecoder().decode(String.join("", base64)), source);
        } catch (IllegalArgumentException _) {
            throw invalid(source, "is not base64 between its markers; copy the whole file again");
        }
    }

    private static String problem(String text, List<String> lines) {
        Optional<String> other =
                lines.stream().filter(line -> line.startsWith("-----BEGIN ")).findFirst();
        if (text.isEmpty()) {
            return "is empty";
        } else if (text.startsWith("PuTTY-User-Key-File")) {
            return "is a PuTTY key; convert it with: puttygen <file> -O private-openssh -o <new file>";
        } else if (PUBLIC_KEY.matcher(text).lookingAt()
                || text.contains("BEGIN PUBLIC KEY")
                || text.contains("SSH2 PUBLIC KEY")) {
            return "is a public key; give the private one, the file without .pub";
        } else if (text.startsWith("LS0tLS1CRUdJTi")) {
            return "is base64-encoded once more than needed; put it under data once encoded, or under stringData as it is";
        } else if (text.startsWith("-----BEGIN ") && lines.size() == 1) {
            return "has lost its line ends; keep it as several lines (YAML: |)";
        } else if (other.isPresent() && other.get().contains("DSA")) {
            return "is a DSA key, which servers refuse today; make another with: ssh-keygen -t ed25519";
        } else if (other.isPresent() && other.get().contains("CERTIFICATE")) {
            return "is a certificate, not a key";
        }
        return "is no private key in a known format; it should begin with \"-----BEGIN OPENSSH PRIVATE KEY-----\"";
    }

    private static UnusableException invalid(String source, String problem) {
        return new UnusableException(Reason.InvalidPrivateKey, "the private key in " + source + " " + problem);
    }
}
