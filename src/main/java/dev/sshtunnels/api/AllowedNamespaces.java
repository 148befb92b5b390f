package dev.sshtunnels.api;

import java.util.Map;

/** From which namespaces tunnels may use a server. */
public record AllowedNamespaces(String from, Map<String, Object> selector) {
    public AllowedNamespaces {
        selector = selector == null ? Map.of() : Map.copyOf(selector);
    }
}
