package dev.sshtunnels.manifest;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.nodes.Node;

/** Where the fields of one document stand, and the mistakes found in it. */
final class Positions {

    private final String file;
    private final Map<String, Integer> lines = new HashMap<>();
    private final List<Problem> problems = new ArrayList<>();

    Positions(String file) {
        this.file = file;
    }

    void note(String path, Node node) {
        lines.putIfAbsent(path, line(node));
    }

    void problem(Node node, String path, String message) {
        problems.add(new Problem(file, line(node), path, message));
    }

    /** A problem of a field by its path; the line is that of the field or of the nearest object around it. */
    void problem(String path, String message) {
        problems.add(new Problem(file, lineOf(path), path, message));
    }

    private int lineOf(String path) {
        for (String at = path; !at.isEmpty(); at = parent(at)) {
            if (lines.containsKey(at)) {
                return lines.get(at);
            }
        }
        return lines.getOrDefault("", 1);
    }

    private static String parent(String path) {
        int cut = Math.max(path.lastIndexOf('.'), path.lastIndexOf('['));
        return cut < 0 ? "" : path.substring(0, cut);
    }

    static int line(Node node) {
        return node.getStartMark().getLine() + 1;
    }

    List<Problem> problems() {
        return problems;
    }
}
