package dev.sshtunnels.tunnel;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Collects what a spec breaks, field by field. */
final class Checks {

    private final List<Violation> violations = new ArrayList<>();

    /** A rule of the object at the path. */
    Checks rule(boolean holds, String path, String message) {
        if (!holds) {
            violations.add(new Violation(path, message));
        }
        return this;
    }

    /** A text that must have a shape when it is there. */
    Checks shape(String path, String text, Function<String, String> shape) {
        if (text != null) {
            String message = shape.apply(text);
            rule(message == null, path, message);
        }
        return this;
    }

    /** A list of texts that must all have a shape. */
    Checks shapes(String path, List<String> texts, Function<String, String> shape) {
        for (int i = 0; i < texts.size(); i++) {
            shape(path + "[" + i + "]", texts.get(i), shape);
        }
        return this;
    }

    Checks duration(String path, String text, String least, String most, String example) {
        return shape(path, text, given -> Shapes.duration(given, least, most, example));
    }

    /** A number that must lie between two bounds when it is there. */
    Checks range(String path, Integer number, int least, int most) {
        boolean within = number == null || number >= least && number <= most;
        return rule(within, path, "must be a number from " + least + " to " + most);
    }

    /** A field that must be there. */
    Checks required(String path, Object value) {
        return rule(value != null, path, "is missing; it is required");
    }

    Checks port(String path, Integer port) {
        return range(path, port, 1, 65_535);
    }

    List<Violation> violations() {
        return List.copyOf(violations);
    }
}
