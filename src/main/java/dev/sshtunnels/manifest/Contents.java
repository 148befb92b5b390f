package dev.sshtunnels.manifest;

import dev.sshtunnels.api.SshServerSpec;
import dev.sshtunnels.api.SshTunnelSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects the documents of all files and notices those that are there twice. */
final class Contents {

    private final List<Document<SshServerSpec>> servers = new ArrayList<>();
    private final List<Document<SshTunnelSpec>> tunnels = new ArrayList<>();
    private final Map<String, Map<String, byte[]>> secrets = new LinkedHashMap<>();
    private final Map<String, Map<String, byte[]>> configMaps = new LinkedHashMap<>();
    private final Map<String, String> places = new HashMap<>();
    private final List<Problem> problems = new ArrayList<>();

    void server(Document<SshServerSpec> server) {
        once("SshServer " + server.namespace() + "/" + server.name(), server.file(), server.line(), server.name());
        servers.add(server);
    }

    void tunnel(Document<SshTunnelSpec> tunnel) {
        once("SshTunnel " + tunnel.namespace() + "/" + tunnel.name(), tunnel.file(), tunnel.line(), tunnel.name());
        tunnels.add(tunnel);
    }

    void secret(String name, Map<String, byte[]> data, String file, int line) {
        once("Secret " + name, file, line, name);
        secrets.put(name, data);
    }

    void configMap(String name, Map<String, byte[]> data, String file, int line) {
        once("ConfigMap " + name, file, line, name);
        configMaps.put(name, data);
    }

    private void once(String identity, String file, int line, String name) {
        String earlier = places.putIfAbsent(identity, file + ":" + line);
        if (earlier != null) {
            String message = "\"" + name + "\" is defined already in " + earlier + "; rename or remove one of them";
            problems.add(new Problem(file, line, "metadata.name", message));
        }
    }

    /** Documents that are there twice. */
    List<Problem> problems() {
        return problems;
    }

    Manifest manifest() {
        return new Manifest(servers, tunnels, secrets, configMaps);
    }
}
