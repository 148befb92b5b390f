package dev.sshtunnels.operator.edits;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Writes the tables of docs/edits.md from what the edits lead to. */
final class EditsPage {

    static final Path FILE = Path.of("docs/edits.md");

    private static final String HEAD = """
            | Field | An edit |
            |---|---|
            """;

    private EditsPage() {}

    /** The page with its tables written anew; what stands around them stays as it is. */
    static String render(String page) {
        Map<String, TreeMap<String, List<Edit>>> kinds = Edit.all().stream()
                .collect(Collectors.groupingBy(
                        Edit::kind,
                        LinkedHashMap::new,
                        Collectors.groupingBy(Edit::field, TreeMap::new, Collectors.toList())));
        String text = page;
        for (var kind : kinds.entrySet()) {
            String rows = kind.getValue().entrySet().stream()
                    .map(field -> row(field.getKey(), field.getValue()))
                    .collect(Collectors.joining());
            text = replaced(text, kind.getKey(), rows);
        }
        return text;
    }

    private static String replaced(String page, String table, String rows) {
        String begin = "<!-- table: " + table + " -->\n";
        int start = page.indexOf(begin);
        int end = page.indexOf("<!-- end -->", start);
        if (start < 0 || end < 0) {
            throw new IllegalStateException(FILE + " has no place for the table: " + begin);
        }
        return page.substring(0, start) + begin + HEAD + rows + page.substring(end);
    }

    private static String row(String field, List<Edit> edits) {
        Map<Set<Effect>, Set<String>> uses = new LinkedHashMap<>();
        edits.forEach(edit ->
                uses.computeIfAbsent(Effects.of(edit), _ -> new TreeSet<>()).add(edit.as()));
        String effect = uses.size() == 1
                ? Effects.words(uses.keySet().iterator().next())
                : uses.entrySet().stream()
                        .map(use -> String.join(" and ", use.getValue()) + ": " + Effects.words(use.getKey()))
                        .collect(Collectors.joining("; "));
        return "| `" + field + "` | " + effect + " |\n";
    }
}
