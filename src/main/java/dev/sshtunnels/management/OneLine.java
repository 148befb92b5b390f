package dev.sshtunnels.management;

import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;

/** Folds text that may come from anywhere into one line that a terminal shows as it is. */
final class OneLine {

    private OneLine() {}

    /** Line breaks become {@code \n}; other control characters, which could steer a terminal, {@code ?}. */
    static String of(String text) {
        if (text == null || text.chars().noneMatch(OneLine::steers)) {
            return text;
        }
        StringBuilder line = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> append(line, c));
        return line.toString();
    }

    /** The exception with its causes and frames. */
    static String of(IThrowableProxy exception) {
        return of(ThrowableProxyUtil.asString(exception).strip().replace("\t", " "));
    }

    private static void append(StringBuilder line, int c) {
        switch (c) {
            case '\n' -> line.append("\\n");
            case '\r' -> line.append("\\r");
            case '\t' -> line.append(' ');
            default -> line.appendCodePoint(steers(c) ? '?' : c);
        }
    }

    private static boolean steers(int c) {
        return Character.isISOControl(c) || c == 0x2028 || c == 0x2029;
    }
}
