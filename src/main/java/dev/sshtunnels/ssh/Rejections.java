package dev.sshtunnels.ssh;

import dev.sshtunnels.tunnel.HostPort;
import java.util.List;
import java.util.stream.Stream;

/**
 * Endpoints that refused one login, because of the user or the key.
 *
 * @param endpoints each once, the one that refused last at the end
 */
public record Rejections(List<HostPort> endpoints) {

    public static final Rejections NONE = new Rejections(List.of());

    public Rejections {
        endpoints = List.copyOf(endpoints);
    }

    /** These and one more. */
    public Rejections by(HostPort endpoint) {
        return new Rejections(
                Stream.concat(endpoints.stream().filter(other -> !other.equals(endpoint)), Stream.of(endpoint))
                        .toList());
    }

    /** The endpoints in the order in which they are to be tried: those that refused come last. */
    List<HostPort> order(List<HostPort> wanted) {
        return Stream.concat(
                        wanted.stream().filter(endpoint -> !endpoints.contains(endpoint)),
                        endpoints.stream().filter(wanted::contains))
                .toList();
    }

    boolean contains(HostPort endpoint) {
        return endpoints.contains(endpoint);
    }
}
