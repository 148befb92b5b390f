package dev.sshtunnels.tunnel;

import java.net.InetAddress;
import java.time.Duration;
import java.util.regex.Pattern;

/** Shapes of texts, as the rules in {@code crds/} state them; each check answers the rule's message, or null. */
final class Shapes {

    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9_]([A-Za-z0-9._-]*[A-Za-z0-9_])?[.]?");
    private static final Pattern DIGITS = Pattern.compile("[0-9.]+");
    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?");
    private static final Pattern DNS_NAME =
            Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*");
    private static final Pattern OBJECT_NAME = Pattern.compile("[a-z0-9]([-a-z0-9.]*[a-z0-9])?");
    private static final Pattern OBJECT_KEY = Pattern.compile("[-._a-zA-Z0-9]+");
    private static final Pattern FINGERPRINT = Pattern.compile("SHA256:[A-Za-z0-9+/]{43}=?");
    private static final Pattern KNOWN_HOSTS_LINE =
            Pattern.compile("(@(cert-authority|revoked)[ \\t]+)?[^ \\t\\n#@]+[ \\t]+"
                    + "[a-z][a-z0-9@.-]+[ \\t]+AAAA[A-Za-z0-9+/]+={0,2}([ \\t][^\\n]*)?\\n?");
    private static final Pattern USER = Pattern.compile("[^\\s\\x00-\\x1f\\x7f]+");
    private static final Pattern REKEY_BYTES = Pattern.compile("[1-9][0-9]{4,11}|[1-9][0-9]{1,8}K|[1-9][0-9]{0,5}[MG]");

    private Shapes() {}

    static String host(String text) {
        boolean name = !DIGITS.matcher(text).matches() && HOST.matcher(text).matches();
        return answer(
                (name || isIp(text)) && text.length() <= 253,
                "must be a host name or an IP address, without scheme, user, brackets or port");
    }

    static String bindAddress(String text) {
        return answer(
                text.isEmpty() || text.equals("*") || text.equals("localhost") || isIp(text),
                "must be \"\" or \"*\" for all addresses, \"localhost\", or an IP address without brackets or port");
    }

    static String dnsName(String text) {
        return answer(DNS_NAME.matcher(text).matches(), "must be a DNS name in lower case, such as db.corp.example");
    }

    static String label(String text) {
        return answer(
                LABEL.matcher(text).matches() && text.length() <= 63,
                "must be lower-case letters, digits and \"-\", and begin and end with a letter or digit");
    }

    static String objectName(String text) {
        return answer(
                OBJECT_NAME.matcher(text).matches() && text.length() <= 253,
                "must be lower-case letters, digits, \"-\" and \".\", and begin and end with a letter or digit");
    }

    static String objectKey(String text) {
        return answer(
                OBJECT_KEY.matcher(text).matches(),
                "must be the key of a Secret or ConfigMap, which is letters, digits, \"-\", \"_\" and \".\"");
    }

    static String fingerprint(String text) {
        return answer(
                FINGERPRINT.matcher(text).matches(),
                "must be SHA256 and 43 characters of base64, as ssh-keygen -lf prints a fingerprint");
    }

    static String knownHostsLine(String text) {
        return answer(
                KNOWN_HOSTS_LINE.matcher(text).matches(),
                "must be one known_hosts line (host names, key type, key in base64), as ssh-keyscan prints it");
    }

    static String user(String text) {
        return answer(
                USER.matcher(text).matches() && text.length() <= 128,
                "must be a user name without spaces, tabs or line breaks");
    }

    static String rekeyBytes(String text) {
        return answer(
                REKEY_BYTES.matcher(text).matches(),
                "must be a number of bytes, at least 10K, with K, M or G if wanted, such as 1G");
    }

    /** A duration between two bounds; {@code example} completes the message. */
    static String duration(String text, String least, String most, String example) {
        boolean within = Durations.isValid(text)
                && isBetween(Durations.parse(text), Durations.parse(least), Durations.parse(most));
        return answer(within, "must be a duration from " + least + " to " + most + ", such as " + example);
    }

    private static boolean isBetween(Duration duration, Duration least, Duration most) {
        return duration.compareTo(least) >= 0 && duration.compareTo(most) <= 0;
    }

    private static boolean isIp(String text) {
        try {
            InetAddress.ofLiteral(text);
            return text.indexOf('%') < 0;
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    private static String answer(boolean fits, String message) {
        return fits ? null : message;
    }
}
