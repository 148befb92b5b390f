package dev.sshtunnels.manifest;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** One YAML document as a {@link Value}. */
final class NodeReader {

    /** Values of one document with aliases counted as often as they are used; a document of ours has hundreds. */
    private static final int MOST_VALUES = 20_000;

    private static final int DEEPEST_NESTING = 40;

    private final Problems problems;
    private int values;

    NodeReader(Problems problems) {
        this.problems = problems;
    }

    /** The document, or nothing when it is empty or was refused. */
    Optional<Value> document(Node root) {
        try {
            return value(root, lineOf(root), "", 0);
        } catch (TooLarge e) {
            problems.add(lineOf(root), "", "the document is too large or too deeply nested; check its aliases (*name)");
            return Optional.empty();
        }
    }

    private Optional<Value> value(Node node, int line, String path, int depth) {
        if (++values > MOST_VALUES || depth > DEEPEST_NESTING) {
            throw new TooLarge();
        }
        return switch (node) {
            case MappingNode mapping -> Optional.of(fields(mapping, line, path, depth));
            case SequenceNode sequence -> Optional.of(items(sequence, line, path, depth));
            case ScalarNode scalar -> scalar(scalar, line);
            default -> throw new IllegalStateException("no YAML node: " + node.getNodeId());
        };
    }

    private Value fields(MappingNode mapping, int line, String path, int depth) {
        Map<String, Value> fields = new LinkedHashMap<>();
        Map<String, Integer> lines = new LinkedHashMap<>();
        for (NodeTuple field : mapping.getValue()) {
            int fieldLine = lineOf(field.getKeyNode());
            if (!(field.getKeyNode() instanceof ScalarNode key)) {
                problems.add(fieldLine, path, "a field's name must be text");
                continue;
            }
            String name = key.getValue();
            String fieldPath = path.isEmpty() ? name : path + "." + name;
            Integer earlier = lines.putIfAbsent(name, fieldLine);
            if (earlier != null) {
                problems.add(fieldLine, fieldPath, "is set twice, first in line " + earlier + "; remove one of them");
            } else {
                value(field.getValueNode(), fieldLine, fieldPath, depth + 1).ifPresent(read -> fields.put(name, read));
            }
        }
        return new Value.Fields(line, fields);
    }

    private Value items(SequenceNode sequence, int line, String path, int depth) {
        List<Value> items = new ArrayList<>();
        for (Node item : sequence.getValue()) {
            String itemPath = path + "[" + items.size() + "]";
            value(item, lineOf(item), itemPath, depth + 1)
                    .ifPresentOrElse(
                            items::add, () -> problems.add(lineOf(item), itemPath, "is empty; remove the item"));
        }
        return new Value.Items(line, items);
    }

    /** Plain scalars are typed as kubectl types them; dates, octal and sexagesimal numbers stay text. */
    private Optional<Value> scalar(ScalarNode scalar, int line) {
        String text = scalar.getValue();
        if (scalar.getScalarStyle() != ScalarStyle.PLAIN || scalar.getTag().equals(Tag.STR)) {
            return Optional.of(new Value.Scalar(line, text));
        }
        if (scalar.getTag().equals(Tag.NULL)) {
            return Optional.empty();
        }
        if (scalar.getTag().equals(Tag.BOOL)) {
            boolean truth = List.of("true", "yes", "on").contains(text.toLowerCase(Locale.ROOT));
            return Optional.of(new Value.Scalar(line, truth));
        }
        return Optional.of(new Value.Scalar(line, number(text)));
    }

    private static Object number(String text) {
        if (text.matches("[-+]?(0|[1-9][0-9]{0,17})")) {
            return Long.valueOf(text);
        }
        return text.matches("[-+]?[0-9]+[.]?[0-9]*([eE][-+]?[0-9]+)?") ? (Object) Double.valueOf(text) : text;
    }

    private static int lineOf(Node node) {
        return node.getStartMark().getLine() + 1;
    }

    /** Ends the reading of a document that was made to exhaust memory. */
    private static final class TooLarge extends RuntimeException {
        TooLarge() {
            super("document too large");
        }
    }
}
