package dev.sshtunnels.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sshtunnels.api.ConditionType;
import dev.sshtunnels.api.Reason;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A server or tunnel in the cluster, and what its status says. */
record Subject(Kubectl kubectl, String object) {

    private static final Duration PATIENCE = Duration.ofSeconds(45);
    private static final Duration PAUSE = Duration.ofMillis(300);

    void becomesReady() {
        kubectl.awaitCondition("Ready", object);
    }

    /** Waits until a condition is False for this reason, and Ready with it; returns the condition's message. */
    String becomesFalse(ConditionType type, Reason reason) {
        becomes(type, "False", reason);
        becomes(ConditionType.Ready, "False", reason);
        return message(type);
    }

    /** Waits until a condition has this status and reason. */
    void becomes(ConditionType type, String status, Reason reason) {
        await().atMost(PATIENCE)
                .pollInterval(PAUSE)
                .untilAsserted(() -> assertThat(condition(type))
                        .as("%s of %s, among %s", type, object, conditions())
                        .containsEntry("status", status)
                        .containsEntry("reason", reason.name()));
    }

    String message(ConditionType type) {
        return condition(type).get("message").toString();
    }

    /** Reason of a condition, empty when there is none. */
    String reason(ConditionType type) {
        return condition(type).getOrDefault("reason", "").toString();
    }

    /** It has one Warning event with this reason, and had no more. */
    void warnsOnce(Reason reason) {
        await().atMost(PATIENCE)
                .pollInterval(PAUSE)
                .untilAsserted(() -> assertThat(warnings()).contains(reason.name()));
        assertThat(warnings()).as("Warning events of %s", object).containsOnlyOnce(reason.name());
    }

    /** Reasons of its Warning events. */
    List<String> warnings() {
        GenericKubernetesResource self = read();
        String selector =
                "type=Warning,involvedObject.uid=" + self.getMetadata().getUid();
        return kubectl.ask("get", "events", "--field-selector", selector, "-o", "jsonpath={.items[*].reason}")
                .lines()
                .flatMap(line -> Stream.of(line.split(" ")))
                .toList();
    }

    boolean isReady() {
        return "True".equals(condition(ConditionType.Ready).get("status"));
    }

    /** Value at a path below the status, such as {@code serviceName}. */
    <T> T status(Object... path) {
        Object[] whole = new Object[path.length + 1];
        whole[0] = "status";
        System.arraycopy(path, 0, whole, 1, path.length);
        return read().get(whole);
    }

    void delete() {
        kubectl.ask("delete", object, "--wait=true", "--timeout=30s");
    }

    private Map<String, Object> condition(ConditionType type) {
        return conditions().stream()
                .filter(condition -> type.name().equals(condition.get("type")))
                .findFirst()
                .orElse(Map.of());
    }

    private List<Map<String, Object>> conditions() {
        List<Map<String, Object>> conditions = status("conditions");
        return conditions == null ? List.of() : conditions;
    }

    private GenericKubernetesResource read() {
        return Serialization.unmarshal(kubectl.ask("get", object, "-o", "json"), GenericKubernetesResource.class);
    }
}
