package dev.sshtunnels.manifest;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;

/** The documents of a text; hostile files end in a problem, not in memory. */
final class YamlText {

    /** Characters; as large as a ConfigMap can be. */
    private static final int LARGEST_FILE = 1024 * 1024;

    private static final int DEEPEST_NESTING = 40;

    private final Problems problems;

    YamlText(Problems problems) {
        this.problems = problems;
    }

    /** The documents that could be read; what could not is told to the problems. Empty documents are left out. */
    List<Value> read(String text) {
        if (text.length() > LARGEST_FILE) {
            problems.add(1, "", "the file has more than " + LARGEST_FILE + " characters; split it");
            return List.of();
        }
        List<Value> documents = new ArrayList<>();
        try {
            for (Node node : yaml().composeAll(new StringReader(withoutTabs(text)))) {
                new NodeReader(problems).document(node).ifPresent(documents::add);
            }
        } catch (MarkedYAMLException e) {
            Mark mark = e.getProblemMark();
            problems.add(mark == null ? 1 : mark.getLine() + 1, "", "is not valid YAML: " + reason(e));
        } catch (YAMLException e) {
            problems.add(1, "", "is not valid YAML: " + oneLine(e.getMessage()));
        }
        return documents;
    }

    private static Yaml yaml() {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(LARGEST_FILE);
        options.setNestingDepthLimit(DEEPEST_NESTING);
        return new Yaml(new SafeConstructor(options));
    }

    /** JSON may be indented with tabs, which are never part of its strings; in YAML they are an error worth keeping. */
    private static String withoutTabs(String text) {
        return text.stripLeading().startsWith("{") ? text.replace('\t', ' ') : text;
    }

    private static String reason(MarkedYAMLException e) {
        String context = e.getContext() == null ? "" : e.getContext() + ", ";
        return oneLine(context + e.getProblem());
    }

    private static String oneLine(String text) {
        return text.strip().replaceAll("\\s*\\R\\s*", " ");
    }
}
