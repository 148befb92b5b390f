package dev.sshtunnels.manifest;

import dev.sshtunnels.api.ServiceRef;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Binds YAML nodes to records: component names are property names. Types are taken as strictly as the API server takes
 * them; each mistake is noted with its line and field and the rest is still looked at.
 */
final class RecordBinder {

    private final Positions positions;

    RecordBinder(Positions positions) {
        this.positions = positions;
    }

    /** Binds a node; null when it is absent or wrong. */
    <T> T bind(Node node, Class<T> type, String path) {
        return type.cast(value(node, type, path));
    }

    private Object value(Node node, Type type, String path) {
        positions.note(path, node);
        if (node.getTag().equals(Tag.NULL)) {
            return null;
        }
        return switch (type) {
            case Class<?> record when record.isRecord() -> record(node, record, path);
            case Class<?> constants when constants.isEnum() -> constant(node, constants, path);
            case Class<?> text when text == String.class -> text(node, path);
            case Class<?> number when number == Integer.class -> number(node, path);
            case Class<?> truth when truth == Boolean.class -> truth(node, path);
            case ParameterizedType generic
            when generic.getRawType() == List.class -> list(node, generic.getActualTypeArguments()[0], path);
            case ParameterizedType generic
            when generic.getRawType() == Map.class -> map(node, generic.getActualTypeArguments()[1], path);
            default -> anything(node, path);
        };
    }

    private Object record(Node node, Class<?> type, String path) {
        Map<String, Node> fields = fields(node, path);
        if (fields == null) {
            return null;
        }
        RecordComponent[] components = type.getRecordComponents();
        List<String> names =
                Arrays.stream(components).map(RecordComponent::getName).toList();
        fields.forEach((name, value) -> {
            if (!names.contains(name)) {
                positions.problem(value, child(path, name), "unknown field; " + Suggestion.of(name, names));
            }
        });
        Object[] values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            values[i] = component(fields.get(names.get(i)), type, components[i], child(path, names.get(i)));
        }
        return create(type, components, values);
    }

    private Object component(Node node, Class<?> type, RecordComponent component, String path) {
        if (node == null) {
            return null;
        }
        boolean intOrString = type == ServiceRef.class && component.getName().equals("port");
        return intOrString && node.getTag().equals(Tag.INT)
                ? String.valueOf(number(node, path))
                : value(node, component.getGenericType(), path);
    }

    private static Object create(Class<?> type, RecordComponent[] components, Object[] values) {
        try {
            Class<?>[] types =
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
            return type.getDeclaredConstructor(types).newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("record " + type.getName(), e);
        }
    }

    /** The fields of a mapping; null, with a problem, when it is none. */
    Map<String, Node> fields(Node node, String path) {
        if (!(node instanceof MappingNode mapping)) {
            positions.problem(node, path, "must be an object with fields");
            return null;
        }
        Map<String, Node> fields = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            String name = ((ScalarNode) tuple.getKeyNode()).getValue();
            positions.note(child(path, name), tuple.getKeyNode());
            if (fields.put(name, tuple.getValueNode()) != null) {
                positions.problem(tuple.getKeyNode(), child(path, name), "is set twice; remove one of them");
            }
        }
        return fields;
    }

    private List<Object> list(Node node, Type type, String path) {
        if (!(node instanceof SequenceNode sequence)) {
            positions.problem(node, path, "must be a list; put \"- \" before each item");
            return null;
        }
        List<Object> items = new ArrayList<>();
        for (Node item : sequence.getValue()) {
            Object bound = value(item, type, path + "[" + items.size() + "]");
            if (bound == null) {
                if (item.getTag().equals(Tag.NULL)) {
                    positions.problem(item, path, "has an empty item; fill it in or remove it");
                }
                return null;
            }
            items.add(bound);
        }
        return items;
    }

    private Map<String, Object> map(Node node, Type type, String path) {
        Map<String, Node> fields = fields(node, path);
        if (fields == null) {
            return null;
        }
        Map<String, Object> map = new LinkedHashMap<>();
        fields.forEach((name, value) -> {
            Object bound = value(value, type, child(path, name));
            if (bound != null) {
                map.put(name, bound);
            }
        });
        return map;
    }

    private Object constant(Node node, Class<?> type, String path) {
        String text = text(node, path);
        Object[] constants = type.getEnumConstants();
        for (Object constant : constants) {
            if (constant.toString().equals(text)) {
                return constant;
            }
        }
        if (text != null) {
            positions.problem(node, path, "\"" + text + "\" must be one of " + Arrays.toString(constants));
        }
        return null;
    }

    private String text(Node node, String path) {
        if (node instanceof ScalarNode scalar && isText(scalar)) {
            return scalar.getValue();
        }
        String hint = node instanceof ScalarNode scalar
                ? "must be a string; put quotes around " + scalar.getValue()
                : "must be a string";
        positions.problem(node, path, hint);
        return null;
    }

    /** Times are strings in Kubernetes, and YAML's binary is base64 text in quotes there. */
    private static boolean isText(ScalarNode scalar) {
        return scalar.getTag().equals(Tag.STR) || scalar.getTag().equals(Tag.TIMESTAMP);
    }

    private Integer number(Node node, String path) {
        if (node instanceof ScalarNode scalar && node.getTag().equals(Tag.INT)) {
            try {
                return Integer.valueOf(scalar.getValue());
            } catch (NumberFormatException _) {
                positions.problem(node, path, scalar.getValue() + " must be a decimal number");
                return null;
            }
        }
        positions.problem(node, path, "must be a number, without quotes");
        return null;
    }

    private Boolean truth(Node node, String path) {
        if (node instanceof ScalarNode scalar && node.getTag().equals(Tag.BOOL)) {
            return List.of("true", "yes", "on").contains(scalar.getValue().toLowerCase(Locale.ROOT));
        }
        positions.problem(node, path, "must be true or false, without quotes");
        return null;
    }

    private Object anything(Node node, String path) {
        return switch (node) {
            case MappingNode mapping -> map(mapping, Object.class, path);
            case SequenceNode sequence -> list(sequence, Object.class, path);
            case ScalarNode scalar when scalar.getTag().equals(Tag.INT) -> number(scalar, path);
            case ScalarNode scalar when scalar.getTag().equals(Tag.BOOL) -> truth(scalar, path);
            case ScalarNode scalar -> scalar.getValue();
            default -> throw new IllegalStateException("node " + node.getNodeId());
        };
    }

    static String child(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}
