package dev.sshtunnels.e2e;

import static dev.sshtunnels.e2e.Manifests.database;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sshtunnels.api.ConditionType;
import dev.sshtunnels.api.Reason;
import dev.sshtunnels.testing.Scrape;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@DisplayName("What kubectl shows of servers and tunnels is a diagnosis")
class KubectlE2E {

    private static final int TERMINAL = 120;
    private static final int NOBODY_LISTENS = 9;

    @RegisterExtension
    static final TestNamespace namespace = new TestNamespace("kubectl");

    @BeforeAll
    static void startsWithOneTunnelThatWorksAndSomeThatDoNot() {
        Manifests.Server good = Manifests.Server.bastion("bastion-frankfurt", namespace.onPrem());
        Manifests.Server closed = new Manifests.Server(
                "bastion-stockholm", good.host(), NOBODY_LISTENS, good.user(), good.secret(), good.knownHosts());
        namespace.apply(good.yaml()
                + "---\n"
                + closed.yaml()
                + database("orders-database", "bastion-frankfurt")
                + database("customers-database", "bastion-stockholm")
                + database("invoices-database", "bastion-nowhere")
                + Manifests.published("orders-to-partner", "bastion-frankfurt", 22));
        namespace.tunnel("orders-database").becomesReady();
        namespace.tunnel("customers-database").becomesFalse(ConditionType.Connected, Reason.ConnectionRefused);
        namespace.tunnel("invoices-database").becomesFalse(ConditionType.ResolvedRefs, Reason.ServerNotFound);
        namespace.tunnel("orders-to-partner").becomes(ConditionType.Ready, "False", Reason.RemotePortInUse);
    }

    @Test
    void aListTellsTheReasonsAndFitsATerminal() {
        List<String> lines =
                namespace.kubectl().ask("get", "sshtunnel,sshserver").lines().toList();

        assertThat(lines).allSatisfy(line -> assertThat(line.stripTrailing()).hasSizeLessThanOrEqualTo(TERMINAL));
        assertThat(line(lines, "/orders-database"))
                .contains(" True ", " Ready ", " L *:5432 -> db.onprem.example:5432 ");
        assertThat(line(lines, "/customers-database")).contains(" False ", " ConnectionRefused ");
        assertThat(line(lines, "/invoices-database")).contains(" False ", " ServerNotFound ");
        assertThat(line(lines, "/orders-to-partner")).contains(" False ", " RemotePortInUse ", " R *:22 -> ");
        assertThat(line(lines, "/bastion-frankfurt"))
                .contains(" True ", namespace.onPrem().bastion() + ":");
        assertThat(line(lines, "/bastion-stockholm")).contains(" False ", " ConnectionRefused ");
    }

    @Test
    void aDescriptionSaysWhatFailedWhereHowToMendItAndWhenTheNextTryIs() {
        awaitAttempts("bastion-stockholm", 4);

        String description = namespace.kubectl().ask("describe", "sshtunnel", "customers-database");

        assertThat(condition(description, ConditionType.Ready))
                .contains("Reason: ConnectionRefused", "Status: False")
                .contains(namespace.onPrem().bastion() + ":" + NOBODY_LISTENS, "next attempt within about");
        assertThat(warnings(description))
                .singleElement()
                .asString()
                .contains("ConnectionRefused")
                .contains(namespace.onPrem().bastion() + ":" + NOBODY_LISTENS)
                .doesNotContain("<unknown>");
    }

    private static String line(List<String> lines, String name) {
        return lines.stream()
                .filter(line -> line.contains(name + " "))
                .findFirst()
                .map(line -> line + " ")
                .orElseThrow(() -> new AssertionError("no line of " + name + " in " + lines));
    }

    /** What is said of a condition, in one line with single blanks. */
    private static String condition(String description, ConditionType type) {
        return Arrays.stream(description
                        .substring(0, description.indexOf("\nEvents:"))
                        .split("Last Transition Time:"))
                .map(text -> text.replaceAll("\\s+", " "))
                .filter(text -> text.contains(" Type: " + type))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no condition " + type + " in " + description));
    }

    private static List<String> warnings(String description) {
        return description
                .substring(description.indexOf("\nEvents:"))
                .lines()
                .filter(line -> line.strip().startsWith("Warning "))
                .toList();
    }

    /** Waits until the agent has tried to connect so often. */
    private static void awaitAttempts(String server, int attempts) {
        String pod = namespace
                .kubectl()
                .ask(
                        "get",
                        "pods",
                        "--selector=sshtunnels.dev/server=" + server,
                        "--output=jsonpath={.items[0].metadata.name}");
        String metrics = "/api/v1/namespaces/" + namespace.name() + "/pods/" + pod + ":8081/proxy/metrics";
        await().atMost(Duration.ofSeconds(45))
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> new Scrape(namespace.kubectl().ask("get", "--raw", metrics))
                                .sum("sshtunnel_connects_total", "reason=\"ConnectionRefused\"")
                        >= attempts);
    }
}
