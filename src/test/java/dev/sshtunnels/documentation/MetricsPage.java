package dev.sshtunnels.documentation;

import dev.sshtunnels.agent.metrics.AgentMetric;
import dev.sshtunnels.management.Metric;
import dev.sshtunnels.management.ProcessMetrics;
import dev.sshtunnels.operator.metrics.OperatorMetric;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes the tables of docs/metrics.md from the definitions that the meters are made from. */
final class MetricsPage {

    static final Path FILE = Path.of("docs/metrics.md");

    private static final String HEAD = """
            | Name | Type | Labels | Unit | Meaning |
            |---|---|---|---|---|
            """;

    private MetricsPage() {}

    /** The page with its tables written anew; what stands around them stays as it is. */
    static String render(String page) {
        String text = replaced(
                page,
                "agent",
                Stream.of(AgentMetric.values()).map(AgentMetric::metric).toList());
        text = replaced(
                text,
                "operator",
                Stream.of(OperatorMetric.values()).map(OperatorMetric::metric).toList());
        return replaced(text, "process", ProcessMetrics.all());
    }

    private static String replaced(String page, String table, List<Metric> metrics) {
        String begin = "<!-- table: " + table + " -->\n";
        int start = page.indexOf(begin);
        int end = page.indexOf("<!-- end -->", start);
        if (start < 0 || end < 0) {
            throw new IllegalStateException(FILE + " has no place for the table: " + begin);
        }
        String rows = metrics.stream().map(MetricsPage::row).collect(Collectors.joining());
        return page.substring(0, start) + begin + HEAD + rows + page.substring(end);
    }

    private static String row(Metric metric) {
        String labels = metric.labels().stream().map(MetricsPage::label).collect(Collectors.joining("; "));
        return "| `" + metric.name() + "` | " + metric.type().name().toLowerCase(Locale.ROOT) + " | " + labels + " | "
                + metric.unit() + " | " + metric.meaning() + " |\n";
    }

    private static String label(Metric.Label label) {
        String name = "`" + label.name() + "`";
        return label.values().isEmpty() ? name : name + ": " + label.values();
    }
}
