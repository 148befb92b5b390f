package dev.sshtunnels.operator.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResourceCountsTest {

    private final List<List<Condition>> tunnels = new ArrayList<>();
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    ResourceCountsTest() {
        ResourceCounts counts = new ResourceCounts();
        counts.count("SshTunnel", tunnels::stream);
        registry.getPrometheusRegistry().register(counts);
    }

    @Test
    void objectsAreCountedByWhatTheirReadyConditionSays() {
        tunnels.add(conditions("True", "Ready"));
        tunnels.add(conditions("True", "Ready"));
        tunnels.add(conditions("False", "TargetRefused"));
        tunnels.add(List.of());

        assertThat(registry.scrape())
                .contains("sshtunnel_resources{kind=\"SshTunnel\",ready=\"True\",reason=\"Ready\"} 2.0")
                .contains("sshtunnel_resources{kind=\"SshTunnel\",ready=\"False\",reason=\"TargetRefused\"} 1.0")
                .contains("sshtunnel_resources{kind=\"SshTunnel\",ready=\"Unknown\",reason=\"Progressing\"} 1.0");
    }

    @Test
    void whatIsGoneIsNotShownAnyMore() {
        tunnels.add(conditions("False", "TargetRefused"));
        assertThat(registry.scrape()).contains("TargetRefused");

        tunnels.clear();

        assertThat(registry.scrape()).doesNotContain("TargetRefused");
    }

    private static List<Condition> conditions(String ready, String reason) {
        return List.of(condition("Accepted", "True", "Accepted"), condition("Ready", ready, reason));
    }

    private static Condition condition(String type, String status, String reason) {
        return new ConditionBuilder()
                .withType(type)
                .withStatus(status)
                .withReason(reason)
                .build();
    }
}
