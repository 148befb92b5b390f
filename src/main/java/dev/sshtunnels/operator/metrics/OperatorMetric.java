package dev.sshtunnels.operator.metrics;

import dev.sshtunnels.management.Metric;
import dev.sshtunnels.management.Metric.Label;

/** All metrics of the operator but those of its framework, in the order of the documentation. */
public enum OperatorMetric {
    RESOURCES(Metric.gauge(
            "sshtunnel_resources",
            "objects",
            "Objects by what their condition `Ready` says; a new one counts as `Unknown`, `Progressing`.",
            new Label("kind", "`SshServer`, `SshTunnel`"),
            new Label("ready", "`True`, `False`, `Unknown`"),
            new Label("reason", "a [reason](reasons.md)")));

    private final Metric metric;

    OperatorMetric(Metric metric) {
        this.metric = metric;
    }

    public Metric metric() {
        return metric;
    }
}
