package dev.sshtunnels.tunnel;

import java.util.regex.Pattern;

/** What resolvers make of the text of a host. */
final class HostSyntax {

    private static final Pattern ENDS_IN_NUMBER = Pattern.compile("(^|[.])([0-9]+|0[xX][0-9a-fA-F]*)[.]?$");
    private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:.]+(%[A-Za-z0-9_.-]+)?");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_]([A-Za-z0-9._-]*[A-Za-z0-9_])?");

    private HostSyntax() {}

    /** Whether the last label, one dot at the end aside, is a number to inet_aton. */
    static boolean endsInNumber(String text) {
        return ENDS_IN_NUMBER.matcher(text).find();
    }

    /** Whether it can only be an IPv6 address, with or without the zone of RFC 4007 11. */
    static boolean looksLikeIpv6(String text) {
        return IPV6.matcher(text).matches();
    }

    /** Whether a rule may name such a host. */
    static boolean isName(String text) {
        return NAME.matcher(text).matches() && !endsInNumber(text);
    }

    static boolean isControlOrSpace(int character) {
        return Character.isISOControl(character)
                || Character.isSpaceChar(character)
                || Character.getType(character) == Character.FORMAT;
    }

    /** Names are equal but for the case of ASCII letters (RFC 4343). */
    static String lowerCase(String text) {
        StringBuilder lower = new StringBuilder(text);
        for (int i = 0; i < lower.length(); i++) {
            char c = lower.charAt(i);
            if (c >= 'A' && c <= 'Z') {
                lower.setCharAt(i, (char) (c + 'a' - 'A'));
            }
        }
        return lower.toString();
    }
}
