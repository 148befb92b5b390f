package dev.sshtunnels.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The order of the tests does not matter: where examples share a server, each brings it. */
@DisplayName("Every example works as it is")
class ExamplesE2E {

    @RegisterExtension
    static final TestNamespace namespace = new TestNamespace("examples");

    @Test
    void aPodReachesTheDatabaseBehindTheBastion() {
        applyAndAwait("postgresql");

        assertThat(namespace.client().psql("orders-db", 5432, "select customer from orders where id = 2"))
                .isEqualTo("Grace");
    }

    @Test
    void severalForwardsAndAFurtherTunnelShareOneServer() {
        applyAndAwait("several-forwards");

        assertThat(namespace.client().psql("orders", 5432, "select count(*) from orders"))
                .isEqualTo("3");
        namespace.client().awaitService("intranet", 80);
        assertThat(namespace.client().curl("http://intranet/")).contains("The intranet");
        namespace.client().awaitService("intranet-8080", 8080);
        assertThat(namespace.client().curl("http://intranet-8080:8080/")).contains("The intranet");
    }

    @Test
    void theBastionReachesAServiceOfTheCluster() {
        applyAndAwait("publish-web");

        assertThat(namespace
                        .onPrem()
                        .exec("bastion", "curl", "-sS", "--max-time", "10", "http://127.0.0.1:8080/")
                        .orFail())
                .contains("A Service of the cluster");
    }

    @Test
    void aPodBrowsesTheNetworkBehindTheBastionAndTheBastionResolvesTheNames() {
        applyAndAwait("socks-proxy");

        namespace.client().awaitService("socks", 1080);
        assertThat(namespace.client().curl("--proxy", "socks5h://socks:1080", "http://web.onprem.example/"))
                .contains("The intranet");
        assertThat(namespace.client().curl("--proxy", "socks4a://socks:1080", "http://web.onprem.example/"))
                .contains("The intranet");
    }

    @Test
    void aGuardedProxyServesWhoKnowsThePasswordAndOnlyListedHosts() {
        namespace.secret("socks-user", Map.of("username", "alice", "password", "open-sesame"));
        applyAndAwait("guarded-socks");
        String proxy = "socks5h://alice:open-sesame@guarded:1080";
        assertThat(namespace.client().curl("--proxy", proxy, "http://web.onprem.example/"))
                .contains("The intranet");
        assertThat(curlFails("socks5h://guarded:1080", "http://web.onprem.example/"))
                .isTrue();
        assertThat(curlFails(proxy, "http://db.onprem.example:5432/")).isTrue();
    }

    private static boolean curlFails(String proxy, String url) {
        return !namespace
                .client()
                .run("curl", "-sS", "--max-time", "10", "--proxy", proxy, url)
                .succeeded();
    }

    @Test
    void aPodLogsInToAHostBehindTheBastion() {
        applyAndAwait("inner-ssh");

        namespace.client().awaitService("inner-ssh", 22);
        assertThat(namespace.client().ssh("inner-ssh", "hostname")).isEqualTo("inner");
    }

    @Test
    void everyExampleForAClusterIsTestedHere() {
        Set<String> testedWithoutACluster = Set.of("laptop", "remote-socks", "unix-socket");
        assertThat(new File("examples").list((_, name) -> !testedWithoutACluster.contains(name) && !name.contains(".")))
                .containsExactlyInAnyOrder(
                        "postgresql", "several-forwards", "publish-web", "socks-proxy", "guarded-socks", "inner-ssh");
    }

    private static void applyAndAwait(String example) {
        List<String> applied = namespace
                .kubectl()
                .ask("apply", "-o", "name", "-f", "examples/" + example)
                .lines()
                .toList();
        List<String> tunnels =
                applied.stream().filter(name -> name.startsWith("sshtunnel.")).toList();
        assertThat(tunnels).isNotEmpty();
        tunnels.forEach(tunnel -> namespace.kubectl().awaitCondition("Ready", tunnel));
    }
}
