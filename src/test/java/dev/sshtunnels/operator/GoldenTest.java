package dev.sshtunnels.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sshtunnels.manifest.ManifestReader;
import dev.sshtunnels.manifest.Source;
import dev.sshtunnels.operator.desired.AgentConfigMap;
import dev.sshtunnels.operator.desired.AgentDeployment;
import dev.sshtunnels.operator.desired.AgentImage;
import dev.sshtunnels.operator.desired.InlineServer;
import dev.sshtunnels.operator.desired.TunnelServices;
import dev.sshtunnels.operator.kinds.KindsSerialization;
import dev.sshtunnels.operator.kinds.SshServer;
import dev.sshtunnels.operator.kinds.SshTunnel;
import dev.sshtunnels.operator.resolve.Rules;
import dev.sshtunnels.operator.resolve.ServerPlan;
import dev.sshtunnels.operator.resolve.ServerPlanner;
import dev.sshtunnels.operator.resolve.TunnelPlan;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the operator wants for what a user wrote, as files to read: each folder of {@code golden/} holds the objects
 * there are ({@code in-*.yaml}) and everything that follows from them ({@code out-*.yaml}), and nothing else.
 *
 * <p>After a wanted change, {@code -Dgolden.write=true} writes the outputs anew, for a person to review.
 */
class GoldenTest {
    private static final Path CASES = Path.of("src/test/resources/golden");
    private static final AgentImage IMAGE = new AgentImage("registry.example/ssh-tunnel-operator:1.0", "IfNotPresent");
    private static final KubernetesSerialization YAML = KindsSerialization.create();

    static Stream<Path> cases() throws IOException {
        return Files.list(CASES).sorted();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void everyInputLeadsToExactlyTheseOutputs(Path folder) throws IOException {
        Map<String, String> outputs = outputs(inputs(folder));
        if (Boolean.getBoolean("golden.write")) {
            write(folder, outputs);
        }

        assertThat(files(folder, "out-")).containsExactlyInAnyOrderElementsOf(outputs.keySet());
        for (var output : outputs.entrySet()) {
            assertThat(output.getValue())
                    .as(output.getKey())
                    .isEqualTo(Files.readString(folder.resolve(output.getKey())));
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void anAgentUnderstandsTheDocuments(Path folder) throws Exception {
        Inputs inputs = inputs(folder);
        AgentConfigMap documents = plan(inputs).documents().orElseThrow();

        List<Source> sources = documents.data().entrySet().stream()
                .filter(entry -> entry.getKey().endsWith(".yaml"))
                .map(entry -> new Source(entry.getKey(), entry.getValue()))
                .toList();

        var manifest = ManifestReader.read(sources);
        assertThat(manifest.servers()).hasSize(1);
        assertThat(manifest.tunnels())
                .hasSize(sources.size() - 1)
                .allSatisfy(tunnel -> assertThat(Rules.tunnel(tunnel.spec())).isEmpty());
    }

    private record Inputs(SshServer server, List<SshTunnel> tunnels, List<Service> services, AgentConfigMap current) {}

    private static Inputs inputs(Path folder) throws IOException {
        var tunnels = new ArrayList<SshTunnel>();
        var services = new ArrayList<Service>();
        SshServer server = null;
        AgentConfigMap current = AgentConfigMap.read(Map.of());
        List<String> unknown = new ArrayList<>(files(folder, ""));
        unknown.removeIf(name -> name.startsWith("out-") || name.startsWith("in-") && name.endsWith(".yaml"));
        assertThat(unknown).as("files of no use").isEmpty();
        for (String name : files(folder, "in-")) {
            HasMetadata object = YAML.unmarshal(Files.readString(folder.resolve(name)));
            switch (object) {
                case SshServer found -> server = found;
                case SshTunnel found -> tunnels.add(found);
                case Service found -> services.add(found);
                case ConfigMap found -> current = AgentConfigMap.read(found.getData());
                default -> throw new AssertionError(name + " is of no use");
            }
        }
        if (server == null) {
            server = InlineServer.of(tunnels.getFirst());
            server.getMetadata().setUid("6fd31cf6-0000-0000-0000-000000000009");
            server.getMetadata().setGeneration(1L);
        }
        return new Inputs(server, tunnels, services, current);
    }

    private static ServerPlan plan(Inputs inputs) {
        return new ServerPlanner(YAML)
                .plan(
                        inputs.server(),
                        Rules.server(inputs.server().getSpec()),
                        inputs.tunnels(),
                        inputs.current(),
                        name -> inputs.services().stream()
                                .filter(service ->
                                        service.getMetadata().getName().equals(name))
                                .findFirst());
    }

    private static Map<String, String> outputs(Inputs inputs) {
        ServerPlan plan = plan(inputs);
        var outputs = new LinkedHashMap<String, String>();
        outputs.put("out-plan.yaml", YAML.asYaml(described(plan)));
        plan.documents().ifPresent(documents -> put(outputs, "configmap", documents.object(inputs.server())));
        if (plan.rejected().isEmpty()) {
            put(
                    outputs,
                    "deployment",
                    new AgentDeployment(IMAGE, YAML).of(inputs.server(), plan.secrets(), Optional.empty()));
        }
        for (SshTunnel tunnel : inputs.tunnels()) {
            TunnelPlan tunnelPlan = plan.tunnels().get(tunnel.getMetadata().getName());
            if (tunnelPlan.rejected().isEmpty()) {
                TunnelServices.of(tunnel, inputs.server(), tunnelPlan.ports())
                        .forEach(service -> put(outputs, "service", service));
                if (tunnel.bringsServer()) {
                    put(outputs, "sshserver", InlineServer.of(tunnel));
                }
            }
        }
        return outputs;
    }

    private static void put(Map<String, String> outputs, String kind, HasMetadata object) {
        outputs.put("out-" + kind + "-" + object.getMetadata().getName() + ".yaml", sorted(object));
    }

    /** Keys in order, so that a difference is one of content. */
    private static String sorted(HasMetadata object) {
        Object tree = YAML.convertValue(object, Map.class);
        return YAML.asYaml(YAML.convertValue(ordered(tree), Object.class));
    }

    private static Object ordered(Object value) {
        return switch (value) {
            case Map<?, ?> map -> {
                SortedMap<String, Object> sorted = new TreeMap<>();
                map.forEach((key, entry) -> sorted.put(key.toString(), ordered(entry)));
                yield sorted;
            }
            case List<?> list -> list.stream().map(GoldenTest::ordered).toList();
            case null, default -> value;
        };
    }

    private static Map<String, Object> described(ServerPlan plan) {
        var described = new TreeMap<String, Object>();
        plan.rejected().ifPresent(finding -> described.put("rejected", finding.reason() + ": " + finding.message()));
        plan.tunnels().forEach((name, tunnel) -> described.put("tunnel " + name, described(tunnel)));
        return described;
    }

    private static Map<String, Object> described(TunnelPlan plan) {
        var described = new TreeMap<String, Object>();
        described.put("runs generation", plan.running());
        plan.rejected().ifPresent(finding -> described.put("rejected", finding.reason() + ": " + finding.message()));
        if (!plan.unresolved().isEmpty()) {
            described.put(
                    "unresolved",
                    plan.unresolved().stream()
                            .map(finding -> finding.reason() + ": " + finding.message())
                            .toList());
        }
        return described;
    }

    private static List<String> files(Path folder, String prefix) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith(prefix))
                    .sorted()
                    .toList();
        }
    }

    private static void write(Path folder, Map<String, String> outputs) throws IOException {
        for (String old : files(folder, "out-")) {
            Files.delete(folder.resolve(old));
        }
        for (var output : outputs.entrySet()) {
            Files.writeString(folder.resolve(output.getKey()), output.getValue());
        }
    }
}
