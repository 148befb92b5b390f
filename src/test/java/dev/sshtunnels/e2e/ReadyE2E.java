package dev.sshtunnels.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@DisplayName("The first connection after kubectl wait --for=condition=Ready succeeds")
class ReadyE2E {
    private static final int BATCHES = 10;
    private static final int AT_ONCE = 10;
    private static final int ROLLOUTS = 3;

    @RegisterExtension
    static final TestNamespace namespace = new TestNamespace("ready");

    @BeforeAll
    static void startsWithOneServer() {
        String server = Manifests.Server.bastion("bastion", namespace.onPrem()).yaml();
        namespace.apply(server);
        namespace.server("bastion").becomesReady();
    }

    @Test
    void ofAHundredNewTunnels() throws Exception {
        List<String> failures = new ArrayList<>();
        for (int batch = 0; batch < BATCHES; batch++) {
            failures.addAll(firstConnections(batch));
        }

        assertThat(failures).isEmpty();
    }

    /** A Secret that no pod has yet rolls the agents: what is ready then must not be those that leave. */
    @Test
    void ofATunnelWhoseSecretRollsTheAgents() throws Exception {
        for (int round = 0; round < ROLLOUTS; round++) {
            String name = "guarded-" + round;
            namespace.secret(name, Map.of("username", "alice", "password", "open-sesame"));
            namespace.apply(Manifests.tunnel(name, "bastion", """
                    mode: D
                    access: {socks: {credentialsSecretRef: {name: %s}}}
                    """.formatted(name)));
            namespace.tunnel(name).becomesReady();

            String proxy = "socks5h://alice:open-sesame@" + address(name) + ":1080";
            assertThat(namespace.client().curl("--proxy", proxy, "http://web.onprem.example/"))
                    .contains("The intranet");
        }
    }

    private static List<String> firstConnections(int batch) throws InterruptedException, ExecutionException {
        List<String> names = IntStream.range(0, AT_ONCE)
                .mapToObj(each -> "first-" + batch + "-" + each)
                .toList();
        List<Callable<String>> clients =
                names.stream().<Callable<String>>map(name -> () -> first(name)).toList();
        namespace.apply(String.join(
                "\n",
                names.stream().map(name -> Manifests.database(name, "bastion")).toList()));
        try (var all = Executors.newVirtualThreadPerTaskExecutor()) {
            List<String> failures = new ArrayList<>();
            for (Future<String> answer : all.invokeAll(clients)) {
                if (!answer.get().equals("N")) {
                    failures.add(answer.get());
                }
            }
            return failures;
        } finally {
            namespace
                    .kubectl()
                    .ask(Stream.concat(Stream.of("delete", "sshtunnel", "--wait=false"), names.stream())
                            .toArray(String[]::new));
        }
    }

    /** The database's answer to the first connection, which a client that is connected already sends without delay. */
    private static String first(String name) {
        try (ClientShell shell = namespace.client().shell()) {
            shell.ask("echo ready");
            namespace.tunnel(name).becomesReady();
            return shell.ask(ClientShell.firstByte(address(name), 5432));
        }
    }

    private static String address(String service) {
        return namespace.kubectl().ask("get", "service", service, "-o", "jsonpath={.spec.clusterIP}");
    }
}
