package dev.sshtunnels.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One JSON object of a report that is being read; names the path of what is wrong. */
record ReportNode(String path, Map<?, ?> values) {

    /** Longer texts are cut: a message is for a person, and a report is untrusted. */
    static final int MAX_TEXT = 4096;

    String text(String name) throws InvalidReportException {
        return switch (values.get(name)) {
            case null -> null;
            case String text -> text.length() > MAX_TEXT ? text.substring(0, MAX_TEXT) : text;
            default -> throw wrong(name, "a string");
        };
    }

    boolean flag(String name) throws InvalidReportException {
        return switch (values.get(name)) {
            case null -> false;
            case Boolean flag -> flag;
            default -> throw wrong(name, "true or false");
        };
    }

    long integer(String name) throws InvalidReportException {
        return switch (values.get(name)) {
            case null -> 0;
            case Integer number -> number;
            case Long number -> number;
            default -> throw wrong(name, "an integer");
        };
    }

    int port(String name) throws InvalidReportException {
        long port = integer(name);
        if (port < 0 || port > 65_535) {
            throw wrong(name, "a port");
        }
        return (int) port;
    }

    /** A constant, or {@code fallback} when absent or unknown here: the other side may be newer. */
    <E extends Enum<E>> E constant(String name, Class<E> type, E fallback) throws InvalidReportException {
        String text = text(name);
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equals(text)) {
                return constant;
            }
        }
        return fallback;
    }

    ReportNode object(String name) throws InvalidReportException {
        if (values.get(name) instanceof Map<?, ?> map) {
            return new ReportNode(path + "." + name, map);
        }
        throw wrong(name, "an object");
    }

    List<ReportNode> objects(String name) throws InvalidReportException {
        Object value = values.get(name);
        if (value == null) {
            return List.of();
        }
        if (!(value instanceof List<?> items)) {
            throw wrong(name, "a list");
        }
        List<ReportNode> nodes = new ArrayList<>();
        for (Object item : items) {
            if (!(item instanceof Map<?, ?> map)) {
                throw wrong(name, "a list of objects");
            }
            nodes.add(new ReportNode(path + "." + name + "[" + nodes.size() + "]", map));
        }
        return nodes;
    }

    InvalidReportException wrong(String name, String expected) {
        return new InvalidReportException(path + "." + name + " is not " + expected);
    }
}
