package dev.sshtunnels.manifest;

import java.util.List;
import java.util.Map;

/**
 * A value of a document with the line it stands on. There is no null: as in the API server, a field that is null is a
 * field that is absent.
 */
sealed interface Value {

    /** Line in the file, 1 and up; a field has the line of its name. */
    int line();

    /** Fields in the order of the file. */
    record Fields(int line, Map<String, Value> values) implements Value {}

    /** A list. */
    record Items(int line, List<Value> values) implements Value {}

    /** A {@link String}, {@link Long}, {@link Double} or {@link Boolean}. */
    record Scalar(int line, Object value) implements Value {}

    /** Whether the path of fields exists, as {@code has()} of CEL at each step. */
    default boolean has(String... path) {
        Value here = this;
        for (String name : path) {
            if (!(here instanceof Fields fields) || !fields.values().containsKey(name)) {
                return false;
            }
            here = fields.values().get(name);
        }
        return true;
    }

    /** The field at the path, which must exist. */
    default Value at(String... path) {
        Value here = this;
        for (String name : path) {
            here = ((Fields) here).values().get(name);
        }
        return here;
    }

    /** Whether the path exists and holds this scalar; {@code wanted} is a {@link String}, {@link Long} or {@link Boolean}. */
    default boolean is(Object wanted, String... path) {
        return has(path) && at(path) instanceof Scalar scalar && scalar.value().equals(wanted);
    }

    /** The items of the list at the path, none when it does not exist. */
    default List<Value> items(String... path) {
        return has(path) && at(path) instanceof Items items ? items.values() : List.of();
    }

    /** The line of the field at a path such as {@code spec.forwards[0].listen}, or of the closest thing around it. */
    default int lineOf(String path) {
        Value here = this;
        for (String step : path.split("[.\\[]")) {
            Value next = switch (here) {
                case Fields fields -> fields.values().get(step);
                case Items items -> items.values().get(Integer.parseInt(step.replace("]", "")));
                case Scalar _ -> null;
            };
            if (next == null) {
                break;
            }
            here = next;
        }
        return here.line();
    }

    /** The text of a string. */
    default String text() {
        return (String) ((Scalar) this).value();
    }

    /** The number of an integer. */
    default long number() {
        return (Long) ((Scalar) this).value();
    }
}
