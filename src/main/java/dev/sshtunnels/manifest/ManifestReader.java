package dev.sshtunnels.manifest;

import dev.sshtunnels.api.SshServerSpec;
import dev.sshtunnels.api.SshTunnelSpec;
import dev.sshtunnels.tunnel.NotSupportedYet;
import dev.sshtunnels.tunnel.ServerRules;
import dev.sshtunnels.tunnel.TunnelRules;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;

/** Reads sources; all their mistakes are told at once. */
public final class ManifestReader {

    private static final int MAX_CHARACTERS = 4 << 20;
    private static final int MAX_ALIASES = 50;

    private final List<Problem> problems = new ArrayList<>();
    private final List<Document<SshServerSpec>> servers = new ArrayList<>();
    private final List<Document<SshTunnelSpec>> tunnels = new ArrayList<>();
    private final Map<String, Map<String, byte[]>> secrets = new LinkedHashMap<>();
    private final Map<String, Map<String, byte[]>> configMaps = new LinkedHashMap<>();

    private ManifestReader() {}

    /**
     * Reads and checks all documents.
     *
     * @throws ManifestException when there is any mistake in any of them
     */
    public static Manifest read(List<Source> sources) throws ManifestException {
        ManifestReader reader = new ManifestReader();
        sources.forEach(reader::read);
        if (!reader.problems.isEmpty()) {
            throw new ManifestException(reader.problems);
        }
        return new Manifest(reader.servers, reader.tunnels, reader.secrets, reader.configMaps);
    }

    private void read(Source source) {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(MAX_CHARACTERS);
        options.setMaxAliasesForCollections(MAX_ALIASES);
        try {
            for (Node node : new Yaml(options).composeAll(new StringReader(source.text()))) {
                document(source.name(), node);
            }
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
            problems.add(new Problem(source.name(), line, "", "is not valid YAML: " + e.getProblem()));
        } catch (YAMLException e) {
            problems.add(new Problem(source.name(), 1, "", "is not valid YAML: " + firstLine(e.getMessage())));
        }
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("");
    }

    private void document(String file, Node node) {
        Positions positions = new Positions(file);
        Envelope envelope = Envelope.read(node, new RecordBinder(positions), positions);
        if (envelope != null) {
            object(envelope, file, Positions.line(node), positions);
        }
        problems.addAll(positions.problems());
    }

    private void object(Envelope envelope, String file, int line, Positions positions) {
        switch (envelope.kind()) {
            case SSH_SERVER -> {
                SshServerSpec spec = envelope.spec(SshServerSpec.class);
                if (spec != null && positions.problems().isEmpty()) {
                    ServerRules.check(spec, "spec")
                            .forEach(broken -> positions.problem(broken.field(), broken.message()));
                    NotSupportedYet.inServer(spec, "spec")
                            .forEach(field -> positions.problem(field.field(), field.message()));
                    servers.add(envelope.document(spec, file, line));
                }
            }
            case SSH_TUNNEL -> {
                SshTunnelSpec spec = envelope.spec(SshTunnelSpec.class);
                if (spec != null && positions.problems().isEmpty()) {
                    TunnelRules.check(spec, "spec")
                            .forEach(broken -> positions.problem(broken.field(), broken.message()));
                    NotSupportedYet.inTunnel(spec, "spec")
                            .forEach(field -> positions.problem(field.field(), field.message()));
                    tunnels.add(envelope.document(spec, file, line));
                }
            }
            case SECRET -> secrets.put(envelope.name(), envelope.secretData());
            case CONFIG_MAP -> configMaps.put(envelope.name(), envelope.configMapData());
        }
    }
}
