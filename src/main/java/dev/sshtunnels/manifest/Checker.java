package dev.sshtunnels.manifest;

import dev.sshtunnels.manifest.Value.Fields;
import dev.sshtunnels.manifest.Value.Items;
import dev.sshtunnels.manifest.Value.Scalar;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Checks a value against a schema and fills in defaults, in the order of the API server: types, fields and bounds
 * first; the rules only when all of that holds.
 */
final class Checker {

    private final Problems problems;
    private final Limits limits;

    Checker(Problems problems) {
        this.problems = problems;
        this.limits = new Limits(problems);
    }

    /** The value with its defaults; what is wrong with it is told to the problems. */
    Value check(Schema schema, Value value) {
        int before = problems.count();
        Value complete = complete(schema, value, "");
        if (problems.count() == before) {
            rules(schema, complete, "");
        }
        return complete;
    }

    private Value complete(Schema schema, Value value, String path) {
        if (!limits.hasType(schema, value, path)) {
            return value;
        }
        limits.check(schema, value, path);
        return switch (value) {
            case Fields fields -> fields(schema, fields, path);
            case Items items -> items(schema, items, path);
            case Scalar scalar -> scalar;
        };
    }

    private Fields fields(Schema schema, Fields fields, String path) {
        Map<String, Value> complete = new LinkedHashMap<>();
        fields.values().forEach((name, value) -> {
            String fieldPath = under(path, name);
            schema.field(name)
                    .ifPresentOrElse(
                            known -> complete.put(name, complete(known, value, fieldPath)),
                            () -> unknown(schema, name, value, fieldPath, complete));
        });
        for (String name : schema.required()) {
            if (!complete.containsKey(name)) {
                problems.add(fields.line(), under(path, name), "Required value");
            }
        }
        schema.fields().forEach((name, field) -> {
            if (field.fallback() != null && !complete.containsKey(name)) {
                Value fallback = Defaults.value(field.fallback(), fields.line());
                complete.put(name, complete(field, fallback, under(path, name)));
            }
        });
        return new Fields(fields.line(), complete);
    }

    private void unknown(Schema schema, String name, Value value, String path, Map<String, Value> complete) {
        if (schema.openEnded()) {
            complete.put(name, value);
        } else {
            problems.add(
                    value.line(),
                    path,
                    "unknown field; " + Spelling.hint(name, schema.fields().keySet()));
        }
    }

    private Items items(Schema schema, Items items, String path) {
        List<Value> complete = new ArrayList<>();
        Set<Object> seen = new HashSet<>();
        for (Value item : items.values()) {
            String itemPath = path + "[" + complete.size() + "]";
            Value checked = complete(schema.items(), item, itemPath);
            complete.add(checked);
            if (schema.unique() && !seen.add(identity(schema, checked))) {
                problems.add(item.line(), itemPath, "Duplicate value; remove or rename one of them");
            }
        }
        return new Items(items.line(), complete);
    }

    private static Object identity(Schema list, Value item) {
        if (item instanceof Scalar scalar) {
            return scalar.value();
        }
        // An item without its key is a problem of its own; it is unlike every other.
        return list.keys().stream().allMatch(item::has)
                ? list.keys().stream()
                        .map(key -> ((Scalar) item.at(key)).value())
                        .toList()
                : item;
    }

    private void rules(Schema schema, Value value, String path) {
        for (Rule rule : schema.rules()) {
            if (!rule.holds().test(value)) {
                String field = rule.field().isEmpty() ? "" : rule.field().substring(1);
                String fieldPath = path.isEmpty() || field.isEmpty() ? path + field : path + "." + field;
                problems.add(value.lineOf(field), fieldPath, rule.message());
            }
        }
        switch (value) {
            case Fields fields ->
                fields.values()
                        .forEach((name, field) ->
                                schema.field(name).ifPresent(known -> rules(known, field, under(path, name))));
            case Items items -> {
                for (int i = 0; i < items.values().size(); i++) {
                    rules(schema.items(), items.values().get(i), path + "[" + i + "]");
                }
            }
            case Scalar _ -> {}
        }
    }

    private static String under(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}
