package dev.sshtunnels.management;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/** The endpoints of every process: {@code /livez}, {@code /readyz} and {@code /metrics}. */
public final class Endpoints {

    private static final String PROMETHEUS_TEXT = "text/plain; version=0.0.4; charset=utf-8";

    private final Map<String, Endpoint> byPath = new HashMap<>();

    /** Asks {@code live} and {@code ready} anew for each request. */
    public Endpoints(Supplier<Health> live, Supplier<Health> ready, PrometheusMeterRegistry metrics) {
        byPath.put("/livez", request -> Response.of(live.get()));
        byPath.put("/readyz", request -> Response.of(ready.get()));
        byPath.put("/metrics", request -> scrape(metrics));
    }

    /** Adds one more. */
    public Endpoints with(String path, Endpoint endpoint) {
        byPath.put(path, endpoint);
        return this;
    }

    public Map<String, Endpoint> byPath() {
        return Map.copyOf(byPath);
    }

    private static Response scrape(PrometheusMeterRegistry metrics) {
        return new Response(200, PROMETHEUS_TEXT, metrics.scrape().getBytes(StandardCharsets.UTF_8));
    }
}
