package dev.sshtunnels.operator.desired;

import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Which agent port each L and D forward listens on. A forward keeps its port while it exists; a port that became free
 * is handed out again only after all others, so that a client whose node still routes to the old forward does not
 * reach another one.
 *
 * @param next where the search for a free port starts
 * @param ports port of each forward, keyed {@code <tunnel>/<forward>}
 */
public record PortBook(int next, SortedMap<String, Integer> ports) {
    static final int FIRST = 20_000;
    static final int LAST = 29_999;
    private static final Pattern LINE = Pattern.compile("([a-z0-9.-]+(?:/[a-z0-9-]+)?) (\\d{5})");
    private static final String NEXT = "next";

    public PortBook {
        ports = Collections.unmodifiableSortedMap(new TreeMap<>(ports));
    }

    public static PortBook empty() {
        return new PortBook(FIRST, new TreeMap<>());
    }

    /** Reads {@link #text()}; lines that make no sense, because somebody edited them, are left out. */
    public static PortBook parse(String text) {
        var ports = new TreeMap<String, Integer>();
        var taken = new HashSet<Integer>();
        int next = FIRST;
        for (String line : text.lines().toList()) {
            var match = LINE.matcher(line);
            if (!match.matches()) {
                continue;
            }
            int port = Integer.parseInt(match.group(2));
            if (port < FIRST || port > LAST) {
                continue;
            }
            if (match.group(1).equals(NEXT)) {
                next = port;
            } else if (taken.add(port)) {
                ports.put(match.group(1), port);
            }
        }
        return new PortBook(next, ports);
    }

    /** One line for each forward, sorted; the same book gives the same text. */
    public String text() {
        var text = new StringBuilder(NEXT + " " + next + "\n");
        ports.forEach(
                (forward, port) -> text.append(forward).append(' ').append(port).append('\n'));
        return text.toString();
    }

    /** The book for exactly these forwards, as far as ports are free; the others have none. */
    public PortBook assign(Collection<String> wanted) {
        var assigned = new TreeMap<>(ports);
        assigned.keySet().retainAll(wanted);
        var taken = new HashSet<>(assigned.values());
        int search = next;
        for (String forward : wanted) {
            if (assigned.containsKey(forward)) {
                continue;
            }
            OptionalInt free = free(search, taken);
            if (free.isEmpty()) {
                break;
            }
            assigned.put(forward, free.getAsInt());
            taken.add(free.getAsInt());
            search = after(free.getAsInt());
        }
        return new PortBook(search, assigned);
    }

    public OptionalInt port(String tunnel, String forward) {
        Integer port = ports.get(key(tunnel, forward));
        return port == null ? OptionalInt.empty() : OptionalInt.of(port);
    }

    /** The ports of one tunnel, which do not change with those of others. */
    public PortBook of(String tunnel) {
        return new PortBook(FIRST, ports.subMap(key(tunnel, ""), key(tunnel, "\uffff")));
    }

    public static String key(String tunnel, String forward) {
        return tunnel + "/" + forward;
    }

    private static OptionalInt free(int from, Set<Integer> taken) {
        int port = from;
        do {
            if (!taken.contains(port)) {
                return OptionalInt.of(port);
            }
            port = after(port);
        } while (port != from);
        return OptionalInt.empty();
    }

    private static int after(int port) {
        return port == LAST ? FIRST : port + 1;
    }
}
