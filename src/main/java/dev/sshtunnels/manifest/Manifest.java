package dev.sshtunnels.manifest;

import dev.sshtunnels.api.SshServerSpec;
import dev.sshtunnels.api.SshTunnelSpec;
import java.util.List;
import java.util.Map;

/**
 * Everything that was read.
 *
 * @param secrets data of {@code Secret} documents by name and key
 * @param configMaps data of {@code ConfigMap} documents by name and key
 */
public record Manifest(
        List<Document<SshServerSpec>> servers,
        List<Document<SshTunnelSpec>> tunnels,
        Map<String, Map<String, byte[]>> secrets,
        Map<String, Map<String, byte[]>> configMaps) {

    public Manifest {
        servers = List.copyOf(servers);
        tunnels = List.copyOf(tunnels);
        secrets = Map.copyOf(secrets);
        configMaps = Map.copyOf(configMaps);
    }

    /** Names what there is; never the data of Secrets. */
    @Override
    public String toString() {
        return "Manifest[" + servers.size() + " servers, " + tunnels.size() + " tunnels, secrets " + secrets.keySet()
                + ", config maps " + configMaps.keySet() + "]";
    }
}
