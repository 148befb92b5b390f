package dev.sshtunnels.agent.metrics;

import dev.sshtunnels.forward.contract.ConnectionEnd;
import dev.sshtunnels.management.Metric;
import dev.sshtunnels.management.Metric.Label;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** All metrics of an agent, in the order of the documentation. */
public enum AgentMetric {
    UP(Metric.gauge(
            "sshtunnel_up",
            "0 or 1",
            "1 for the endpoint to which an authenticated SSH session is up; 0 for all while there is none.",
            new Label("endpoint", "each of `endpoints`"))),
    CONNECTS(Metric.counter(
            "sshtunnel_connects_total",
            "logins",
            "Attempts to log in.",
            new Label("result", "`ok`, `failed`"),
            reason("of `Connected`"))),
    RECONNECTS(Metric.counter(
            "sshtunnel_reconnects_total",
            "sessions",
            "Sessions that ended and had to be replaced.",
            reason("of `Connected`"))),
    HOST_KEY_MISMATCH(Metric.counter(
            "sshtunnel_hostkey_mismatch_total",
            "logins",
            "Attempts that ended because the server showed another host key than the known one.")),
    HANDSHAKE(Metric.histogram(
            "sshtunnel_handshake_seconds",
            millis(50, 100, 250, 500, 1000, 2500, 5000, 10_000),
            "From looking the name up to being logged in, of attempts that succeeded.")),
    KEEPALIVE_RTT(Metric.histogram(
            "sshtunnel_keepalive_rtt_seconds",
            millis(1, 5, 10, 25, 50, 100, 250, 500, 1000, 5000),
            "From a keep-alive to its answer; the server is asked when it has been silent for `keepAlive.interval`.")),
    ACTIVE_CONNECTIONS(
            forwards(Metric.gauge("sshtunnel_active_connections", "connections", "Connections that are open now."))),
    CONNECTIONS(forwards(Metric.counter(
            "sshtunnel_connections_total",
            "connections",
            "Connections that have ended: by both sides, without reaching the target, by a reset of either side, "
                    + "after `access.idleTimeout`, with their session, or because this end was asked to.",
            new Label("result", results())))),
    REJECTED(forwards(Metric.counter(
            "sshtunnel_connections_rejected_total",
            "connections",
            "Clients that were reset at once because they may not come in.",
            new Label(
                    "reason", "a [reason](reasons.md#clients-that-are-not-let-in) for clients that are not let in")))),
    ACCEPT_ERRORS(forwards(Metric.counter(
            "sshtunnel_accept_errors_total",
            "attempts",
            "Attempts to accept a waiting client that failed, for want of descriptors for example."))),
    BYTES(forwards(Metric.counter(
            "sshtunnel_bytes_total",
            "bytes",
            "Payload that has passed, that of open connections included.",
            new Label("direction", "`sent` to the SSH server, `received` from it")))),
    DIAL(forwards(Metric.histogram(
            "sshtunnel_dial_seconds",
            millis(5, 10, 25, 50, 100, 250, 500, 1000, 5000, 10_000),
            "Until a target accepted a connection, of those that did."))),
    PROBE_SUCCESS(forwards(Metric.gauge(
            "sshtunnel_probe_success",
            "0 or 1",
            "1 when the target answered its last [probe](probes.md), 0 when it did not; there while it is probed."))),
    PROBE_DURATION(forwards(Metric.gauge(
            "sshtunnel_probe_duration_seconds",
            "seconds",
            "What the last probe of the target took, from connecting to the verdict; there while it is probed."))),
    SOCKS_REFUSED(forwards(Metric.counter(
            "sshtunnel_socks_refused_total",
            "clients",
            "SOCKS clients that were turned away before anything was connected.",
            new Label("reason", "such as `WrongCredentials`, `DestinationNotAllowed`, `NotSocks`")))),
    SOCKS_ERRORS(forwards(Metric.counter(
            "sshtunnel_socks_errors_total",
            "replies",
            "SOCKS requests that were answered with a failure.",
            new Label("rep", "REP of RFC 1928 section 6, `1` to `8`; `91` for SOCKS4"))));

    private final Metric metric;

    AgentMetric(Metric metric) {
        this.metric = metric;
    }

    public Metric metric() {
        return metric;
    }

    /** With the forward's own labels in front. */
    private static Metric forwards(Metric metric) {
        List<Label> labels = new ArrayList<>(List.of(new Label("tunnel", ""), new Label("forward", "")));
        labels.addAll(metric.labels());
        return new Metric(metric.name(), metric.type(), metric.unit(), labels, metric.meaning(), metric.buckets());
    }

    private static Label reason(String which) {
        return new Label("reason", "a [reason](reasons.md) " + which);
    }

    private static String results() {
        return Arrays.stream(ConnectionEnd.Result.values())
                .map(result -> "`" + result.label() + "`")
                .collect(Collectors.joining(", "));
    }

    private static List<Duration> millis(long... bounds) {
        return Arrays.stream(bounds).mapToObj(Duration::ofMillis).toList();
    }
}
