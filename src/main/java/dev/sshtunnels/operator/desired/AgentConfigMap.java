package dev.sshtunnels.operator.desired;

import dev.sshtunnels.operator.kinds.SshServer;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What one server's agents read, as the data of a ConfigMap: {@code server.yaml}, {@code tunnel-<name>.yaml} for each
 * tunnel, and the book of agent ports.
 *
 * @param data by key
 */
public record AgentConfigMap(SortedMap<String, String> data) {
    static final String SERVER_DOCUMENT = "server.yaml";
    /** No name of a YAML file, so that agents pass over it. */
    static final String PORTS = "agent-ports";

    public static AgentConfigMap read(Map<String, String> data) {
        return new AgentConfigMap(new TreeMap<>(data == null ? Map.of() : data));
    }

    public static AgentConfigMap of(String server, SortedMap<String, String> tunnels, PortBook book) {
        var data = new TreeMap<String, String>();
        data.put(SERVER_DOCUMENT, server);
        tunnels.forEach((name, document) -> data.put(Names.document(name), document));
        data.put(PORTS, book.text());
        return new AgentConfigMap(data);
    }

    public PortBook ports() {
        return PortBook.parse(data.getOrDefault(PORTS, ""));
    }

    /** The document of a tunnel as it is now, null when there is none. */
    public String tunnel(String name) {
        return data.get(Names.document(name));
    }

    /** The server's document as it is now, null when there is none. */
    public String server() {
        return data.get(SERVER_DOCUMENT);
    }

    /** Changes with every content. */
    public String hash() {
        return Names.hash(data.toString());
    }

    public ConfigMap object(SshServer server) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withName(Names.agents(server))
                .withNamespace(server.getMetadata().getNamespace())
                .withLabels(Labels.ofServer(server))
                .withOwnerReferences(Owner.reference(server))
                .endMetadata()
                .withData(data)
                .build();
    }
}
