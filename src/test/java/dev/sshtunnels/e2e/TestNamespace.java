package dev.sshtunnels.e2e;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A namespace for one test class, under Pod Security "restricted", as a team has it before its first tunnel: Secret
 * {@code bastion-key} with the key that the bastion takes, ConfigMap {@code bastion-known-hosts}, and a client pod.
 */
final class TestNamespace implements BeforeAllCallback, AfterAllCallback, AfterTestExecutionCallback {

    private final Kubectl kubectl;
    private World world;
    private ClientPod client;

    TestNamespace(String purpose) {
        String suffix = UUID.randomUUID().toString().substring(0, 5);
        kubectl = new Kubectl("e2e-" + purpose + "-" + suffix);
    }

    static String manifest(String name) {
        return """
                apiVersion: v1
                kind: Namespace
                metadata:
                  name: %s
                  labels:
                    pod-security.kubernetes.io/enforce: restricted
                """.formatted(name);
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        world = World.of(context);
        make();
        client = ClientPod.start(kubectl, onPrem());
    }

    /** Makes it with everything but the client pod; for one that was deleted meanwhile, too. */
    void make() {
        kubectl.apply(manifest(name()));
        secret("bastion-key", Map.of("ssh-privatekey", onPrem().clientKey()));
        configMap("bastion-known-hosts", Map.of("known_hosts", onPrem().read("KNOWN_HOSTS")));
    }

    boolean isGone() {
        return kubectl.ask("get", "namespace", name(), "--ignore-not-found").isEmpty();
    }

    @Override
    public void afterTestExecution(ExtensionContext context) {
        context.getExecutionException().ifPresent(_ -> Diagnosis.write(context, kubectl, operator()));
    }

    @Override
    public void afterAll(ExtensionContext context) {
        kubectl.run("delete", "namespace", name(), "--wait=false");
    }

    String name() {
        return kubectl.namespace();
    }

    Kubectl kubectl() {
        return kubectl;
    }

    OnPrem onPrem() {
        return world.onPrem();
    }

    Operator operator() {
        return world.operator();
    }

    ClientPod client() {
        return client;
    }

    void apply(String manifest) {
        kubectl.apply(manifest);
    }

    Subject tunnel(String name) {
        return new Subject(kubectl, "sshtunnel/" + name);
    }

    Subject server(String name) {
        return new Subject(kubectl, "sshserver/" + name);
    }

    /** Makes or replaces a Secret. */
    void secret(String name, Map<String, String> data) {
        apply(object("Secret", name, "data", data));
    }

    void configMap(String name, Map<String, String> data) {
        apply(object("ConfigMap", name, "binaryData", data));
    }

    private static String object(String kind, String name, String field, Map<String, String> data) {
        String entries = data.entrySet().stream()
                .map(entry -> "  %s: %s".formatted(entry.getKey(), base64(entry.getValue())))
                .collect(Collectors.joining("\n"));
        return """
                apiVersion: v1
                kind: %s
                metadata: {name: %s}
                %s:
                %s
                """.formatted(kind, name, field, entries);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
