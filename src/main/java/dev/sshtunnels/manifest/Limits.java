package dev.sshtunnels.manifest;

import dev.sshtunnels.manifest.Schema.Bounds;
import dev.sshtunnels.manifest.Value.Fields;
import dev.sshtunnels.manifest.Value.Items;
import dev.sshtunnels.manifest.Value.Scalar;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.stream.Collectors;

/** Types, choices and bounds of single values, in the words of the API server. */
final class Limits {

    private final Problems problems;

    Limits(Problems problems) {
        this.problems = problems;
    }

    /** Whether the value has the schema's type; told to the problems if not. */
    boolean hasType(Schema schema, Value value, String path) {
        String actual = typeOf(value);
        boolean same = actual.equals(schema.type())
                || schema.type().equals("int-or-string") && (actual.equals("integer") || actual.equals("string"));
        if (!same) {
            problems.add(value.line(), path, "must be of type " + schema.type() + remedy(schema, value, actual));
        }
        return same;
    }

    private static String remedy(Schema schema, Value value, String actual) {
        if (value instanceof Scalar && schema.type().equals("string")) {
            return "; put quotes around it";
        }
        boolean quoted = actual.equals("string")
                && (schema.type().equals("integer") || schema.type().equals("boolean"));
        return quoted ? "; write it without quotes" : ", and this is " + actual;
    }

    void check(Schema schema, Value value, String path) {
        switch (value) {
            case Fields fields -> count(schema.bounds(), fields.values().size(), "properties", fields, path);
            case Items items -> count(schema.bounds(), items.values().size(), "items", items, path);
            case Scalar scalar -> scalar(schema, scalar, path);
        }
    }

    private void scalar(Schema schema, Scalar scalar, String path) {
        switch (scalar.value()) {
            case String text -> text(schema, text, scalar, path);
            case Long number when schema.type().equals("integer") -> number(schema.bounds(), number, scalar, path);
            default -> {}
        }
    }

    private void text(Schema schema, String text, Scalar scalar, String path) {
        if (!schema.choices().isEmpty() && !schema.choices().contains(text)) {
            String choices =
                    schema.choices().stream().map(choice -> '"' + choice + '"').collect(Collectors.joining(", "));
            problems.add(scalar.line(), path, "Unsupported value: \"" + text + "\": supported values: " + choices);
        }
        if (schema.dateTime() && !isDateTime(text)) {
            problems.add(scalar.line(), path, "must be of type date-time, such as 2030-12-31T18:00:00Z");
        }
        int length = text.codePointCount(0, text.length());
        Bounds bounds = schema.bounds();
        if (bounds.smallest() != null && length < bounds.smallest()) {
            problems.add(scalar.line(), path, "should be at least " + bounds.smallest() + " chars long");
        }
        if (bounds.largest() != null && length > bounds.largest()) {
            problems.add(scalar.line(), path, "Too long: may not be more than " + bounds.largest() + " bytes");
        }
    }

    private void number(Bounds bounds, long number, Scalar scalar, String path) {
        if (bounds.smallest() != null && number < bounds.smallest()) {
            problems.add(scalar.line(), path, number + " should be greater than or equal to " + bounds.smallest());
        }
        if (bounds.largest() != null && number > bounds.largest()) {
            problems.add(scalar.line(), path, number + " should be less than or equal to " + bounds.largest());
        }
    }

    private void count(Bounds bounds, int size, String of, Value value, String path) {
        if (bounds.smallest() != null && size < bounds.smallest()) {
            problems.add(value.line(), path, "should have at least " + bounds.smallest() + " " + of);
        }
        if (bounds.largest() != null && size > bounds.largest()) {
            problems.add(
                    value.line(), path, "Too many: " + size + ": must have at most " + bounds.largest() + " " + of);
        }
    }

    private static boolean isDateTime(String text) {
        try {
            OffsetDateTime.parse(text);
            return true;
        } catch (DateTimeException notRfc3339) {
            return false;
        }
    }

    private static String typeOf(Value value) {
        return switch (value) {
            case Fields _ -> "object";
            case Items _ -> "array";
            case Scalar scalar ->
                switch (scalar.value()) {
                    case String _ -> "string";
                    case Long _ -> "integer";
                    case Boolean _ -> "boolean";
                    default -> "number";
                };
        };
    }
}
