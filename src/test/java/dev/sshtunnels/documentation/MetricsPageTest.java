package dev.sshtunnels.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sshtunnels.agent.metrics.AgentMetric;
import dev.sshtunnels.management.ProcessMetrics;
import dev.sshtunnels.operator.metrics.OperatorMetric;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MetricsPageTest {

    /** {@code dev/render-docs} sets it: the page is then written instead of compared. */
    private static final boolean WRITE = Boolean.getBoolean("sshtunnels.renderDocs");

    private static final Pattern NAME = Pattern.compile("\\b(sshtunnel|process|jvm)_[a-z_]+\\b");
    private static final Pattern HISTOGRAM_SUFFIX = Pattern.compile("_(bucket|count|sum|max)$");

    @Test
    void theTablesAreWhatTheMetersAreMadeFrom() throws IOException {
        String page = Files.readString(MetricsPage.FILE);
        if (WRITE) {
            Files.writeString(MetricsPage.FILE, MetricsPage.render(page));
        }

        assertThat(Files.readString(MetricsPage.FILE))
                .as("stale; run dev/render-docs")
                .isEqualTo(MetricsPage.render(page));
    }

    @Test
    void noPageNamesAMetricThatThereIsNot() {
        List<String> known = known();

        assertThat(Page.all())
                .allSatisfy(page -> assertThat(names(page)).as(page.toString()).isSubsetOf(known));
    }

    private static List<String> known() {
        return Stream.of(
                        Stream.of(AgentMetric.values()).map(AgentMetric::metric),
                        Stream.of(OperatorMetric.values()).map(OperatorMetric::metric),
                        ProcessMetrics.all().stream())
                .flatMap(metrics -> metrics)
                .map(metric -> metric.name())
                .toList();
    }

    private static Collection<String> names(Page page) {
        return NAME.matcher(page.text())
                .results()
                .map(match -> HISTOGRAM_SUFFIX.matcher(match.group()).replaceFirst(""))
                .toList();
    }
}
