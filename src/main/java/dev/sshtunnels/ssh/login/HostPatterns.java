package dev.sshtunnels.ssh.login;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The hosts field of a known_hosts line: patterns, negated patterns, or one hashed name. */
sealed interface HostPatterns {

    /** Whether the field is for a host: {@code name}, or {@code [name]:port} for a port other than 22. */
    boolean match(String host);

    /**
     * Reads the field.
     *
     * @throws IllegalArgumentException saying what is wrong
     */
    static HostPatterns parse(String field) {
        return field.startsWith("|") ? Hashed.parse(field) : Plain.parse(field);
    }

    /** {@code *} and {@code ?} are wildcards; a negated pattern that matches excludes the host. */
    record Plain(List<Pattern> wanted, List<Pattern> excluded) implements HostPatterns {

        static Plain parse(String field) {
            List<Pattern> wanted = new ArrayList<>();
            List<Pattern> excluded = new ArrayList<>();
            for (String pattern : field.split(",", -1)) {
                boolean negated = pattern.startsWith("!");
                String name = negated ? pattern.substring(1) : pattern;
                if (name.isEmpty()) {
                    throw new IllegalArgumentException("one of its host patterns is empty");
                }
                (negated ? excluded : wanted).add(glob(name));
            }
            return new Plain(List.copyOf(wanted), List.copyOf(excluded));
        }

        private static Pattern glob(String pattern) {
            StringBuilder expression = new StringBuilder();
            for (char c : pattern.toCharArray()) {
                switch (c) {
                    case '*' -> expression.append(".*");
                    case '?' -> expression.append('.');
                    default -> expression.append(Pattern.quote(String.valueOf(c)));
                }
            }
            return Pattern.compile(expression.toString(), Pattern.CASE_INSENSITIVE);
        }

        @Override
        public boolean match(String host) {
            return wanted.stream().anyMatch(p -> p.matcher(host).matches())
                    && excluded.stream().noneMatch(p -> p.matcher(host).matches());
        }
    }

    /** {@code |1|salt|HMAC-SHA1(salt, host)}, as ssh's {@code HashKnownHosts} writes it. */
    record Hashed(byte[] salt, byte[] hash) implements HostPatterns {

        private static final String ALGORITHM = "HmacSHA1";
        private static final int LENGTH = 20;

        static Hashed parse(String field) {
            String[] parts = field.split("\\|", -1);
            if (parts.length != 4 || !parts[1].equals("1")) {
                throw new IllegalArgumentException("its hashed host is not |1|salt|hash");
            }
            try {
                Hashed hashed = new Hashed(
                        Base64.getDecoder().decode(parts[2]),
                        Base64.getDecoder().decode(parts[3]));
                if (hashed.salt.length == LENGTH && hashed.hash.length == LENGTH) {
                    return hashed;
                }
            } catch (IllegalArgumentException _) {
                // Said below.
            }
            throw new IllegalArgumentException("salt or hash of its host is not base64 of 20 bytes");
        }

        @Override
        public boolean match(String host) {
            try {
                Mac mac = Mac.getInstance(ALGORITHM);
                mac.init(new SecretKeySpec(salt, ALGORITHM));
                byte[] name = host.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8);
                return MessageDigest.isEqual(hash, mac.doFinal(name));
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
