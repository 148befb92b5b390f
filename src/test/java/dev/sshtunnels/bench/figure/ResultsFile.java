package dev.sshtunnels.bench.figure;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Outcomes as programs read them: {@code {"figures": [{"figure", "unit", "agent", "ssh", "ratio"}]}}, with the medians
 * as {@code agent} and {@code ssh}, and a ratio above 1 when the agent is better; beside them the spreads, the goal, and
 * whether it is met.
 */
public final class ResultsFile {

    private ResultsFile() {}

    public static void write(Path file, List<Outcome> outcomes) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, json(outcomes));
    }

    static String json(List<Outcome> outcomes) throws IOException {
        Map<String, Object> root =
                Map.of("figures", outcomes.stream().map(ResultsFile::tree).toList());
        return JSON.std.with(JSON.Feature.PRETTY_PRINT_OUTPUT).asString(root) + "\n";
    }

    private static Map<String, Object> tree(Outcome outcome) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("figure", outcome.figure().title());
        tree.put("unit", outcome.figure().unit());
        tree.put("agent", outcome.agent().median());
        tree.put("ssh", outcome.ssh().median());
        tree.put("ratio", outcome.ratio());
        tree.put("agentMin", outcome.agent().min());
        tree.put("agentMax", outcome.agent().max());
        tree.put("sshMin", outcome.ssh().min());
        tree.put("sshMax", outcome.ssh().max());
        tree.put("goal", outcome.figure().goal().toString());
        tree.put("met", outcome.met());
        return tree;
    }
}
