package dev.sshtunnels.tunnel;

/**
 * TCP ports from one to another, both included.
 *
 * @param from 0 to 65535
 * @param to at least {@code from}
 */
public record PortRange(int from, int to) {

    public static final PortRange ALL = new PortRange(0, 65_535);

    public PortRange {
        if (from < 0 || to > 65_535 || from > to) {
            throw new IllegalArgumentException(from + "-" + to + " is no range of ports between 0 and 65535");
        }
    }

    /**
     * Reads {@code 443} or {@code 8000-8099}.
     *
     * @throws IllegalArgumentException when it is neither
     */
    static PortRange parse(String text) {
        int dash = text.indexOf('-');
        try {
            int from = Integer.parseInt(dash < 0 ? text : text.substring(0, dash));
            return new PortRange(from, dash < 0 ? from : Integer.parseInt(text.substring(dash + 1)));
        } catch (NumberFormatException notNumbers) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" is neither a port nor a range such as 8000-8099", notNumbers);
        }
    }

    public boolean contains(int port) {
        return from <= port && port <= to;
    }
}
