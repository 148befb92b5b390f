package dev.sshtunnels.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sshtunnels.agent.metrics.AgentMetric;
import dev.sshtunnels.management.Metric;
import dev.sshtunnels.testing.Exchange;
import dev.sshtunnels.testing.Ports;
import dev.sshtunnels.testing.SocksClient;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a scrape of a running agent shows. */
class MetricsTest extends AgentScenario {

    private int db;
    private int proxy;

    @BeforeEach
    void start() throws Exception {
        db = Ports.OF_THIS_RUN.next();
        proxy = Ports.OF_THIS_RUN.next();
        agent.server(sshd, "keepAlive: {interval: 1s}").key(key);
        agent.tunnel(
                "db",
                "mode: L",
                "listen: {address: 127.0.0.1, port: " + db + "}",
                "target: {host: 127.0.0.1, port: " + echo.port() + "}",
                "access: {maxConnections: 1}",
                "probe: {type: TCP}");
        agent.tunnel(
                "proxy",
                "mode: D",
                "listen: {address: 127.0.0.1, port: " + proxy + "}",
                "access: {socks: {allow: [\"127.0.0.1:" + echo.port() + "\"]}}");
        agent.start().awaitReady();
    }

    @Test
    void bytesAreCountedWhileTheirConnectionIsOpen() throws Exception {
        try (Exchange exchange = Exchange.with(db)) {
            exchange.say("12345678");

            awaitValue("sshtunnel_bytes_total{direction=\"sent\",forward=\"tunnel\",tunnel=\"db\"}", 8);
            awaitValue("sshtunnel_bytes_total{direction=\"received\",forward=\"tunnel\",tunnel=\"db\"}", 8);
            awaitValue("sshtunnel_active_connections{forward=\"tunnel\",tunnel=\"db\"}", 1);
            exchange.say("1234");
            awaitValue("sshtunnel_bytes_total{direction=\"sent\",forward=\"tunnel\",tunnel=\"db\"}", 12);
        }

        awaitValue("sshtunnel_connections_total{forward=\"tunnel\",result=\"ok\",tunnel=\"db\"}", 1);
        awaitValue("sshtunnel_active_connections{forward=\"tunnel\",tunnel=\"db\"}", 0);
        awaitValue("sshtunnel_bytes_total{direction=\"sent\",forward=\"tunnel\",tunnel=\"db\"}", 12);
        awaitValue("sshtunnel_dial_seconds_count{forward=\"tunnel\",tunnel=\"db\"}", 1);
    }

    @Test
    void aSessionIsUpAtOneEndpointAndItsEndIsCounted() {
        String up = "sshtunnel_up{endpoint=\"" + sshd.host() + ":" + sshd.port() + "\"}";
        awaitValue(up, 1);
        awaitValue("sshtunnel_connects_total{reason=\"Connected\",result=\"ok\"}", 1);
        awaitValue("sshtunnel_handshake_seconds_count", 1);
        await().atMost(PATIENCE).until(() -> agent.scrape().sum("sshtunnel_keepalive_rtt_seconds_count") >= 1);

        sshd.stop();
        awaitValue(up, 0);
        await().atMost(PATIENCE)
                .until(() ->
                        agent.scrape().sum("sshtunnel_connects_total{reason=\"ConnectionRefused\",result=\"failed\"}")
                                >= 1);
        assertThat(agent.scrape().sum("sshtunnel_reconnects_total")).isEqualTo(1);
    }

    @Test
    void socksClientsAreCountedByWhatTheyAreTold() throws Exception {
        try (SocksClient client = new SocksClient(proxy)) {
            assertThat(client.connect("127.0.0.1", 1)).isEqualTo(2);
        }

        awaitValue(
                "sshtunnel_socks_refused_total{forward=\"socks\",reason=\"DestinationNotAllowed\",tunnel=\"proxy\"}",
                1);
        awaitValue("sshtunnel_socks_errors_total{forward=\"socks\",rep=\"2\",tunnel=\"proxy\"}", 1);

        echo.stopListening();
        try (SocksClient client = new SocksClient(proxy)) {
            assertThat(client.connect("127.0.0.1", echo.port())).isEqualTo(5);
        }
        awaitValue("sshtunnel_socks_errors_total{forward=\"socks\",rep=\"5\",tunnel=\"proxy\"}", 1);
        awaitValue("sshtunnel_connections_total{forward=\"socks\",result=\"failed\",tunnel=\"proxy\"}", 1);
    }

    @Test
    void theMetersOfARemovedForwardGoWithIt() throws Exception {
        try (SocksClient client = new SocksClient(proxy)) {
            client.connect("127.0.0.1", 1);
        }
        await().atMost(PATIENCE).until(() -> scrape().contains("rep=\"2\""));

        agent.without("proxy");

        await().atMost(PATIENCE).until(() -> !scrape().contains("tunnel=\"proxy\""));
        assertThat(scrape()).contains("tunnel=\"db\"");
    }

    @Test
    void theTableIsWhatARunningAgentShows() throws Exception {
        provokeEverything();

        Map<String, List<String>> shown = families();
        Map<String, List<String>> promised = Stream.of(AgentMetric.values())
                .map(AgentMetric::metric)
                .collect(Collectors.toMap(Metric::name, MetricsTest::typeAndLabels));
        assertThat(shown).containsExactlyInAnyOrderEntriesOf(promised);
    }

    /** What is there only once it has happened. */
    private void provokeEverything() throws Exception {
        try (Exchange only = Exchange.with(db)) {
            only.say("ping");
            assertThat(Exchange.works(db)).isFalse();
        }
        assertThatThrownBy(() -> Exchange.throughSocks(proxy, 1)).isInstanceOf(IOException.class);
        sshd.killSessions();
        await().atMost(PATIENCE)
                .until(() -> scrape().contains("sshtunnel_reconnects_total{")
                        && scrape().contains("sshtunnel_probe_success{"));
    }

    private static List<String> typeAndLabels(Metric metric) {
        return Stream.concat(
                        Stream.of(metric.type().name().toLowerCase(Locale.ROOT)),
                        metric.labels().stream().map(Metric.Label::name).sorted())
                .toList();
    }

    /** Type and labels of each family of ours; a histogram's greatest value belongs to it. */
    private Map<String, List<String>> families() {
        String scrape = scrape();
        return scrape.lines()
                .filter(line -> line.startsWith("# TYPE sshtunnel_") && !line.endsWith("_max gauge"))
                .map(line -> line.split(" "))
                .collect(Collectors.toMap(
                        words -> words[2],
                        words -> Stream.concat(Stream.of(words[3]), labels(scrape, words[2]))
                                .toList()));
    }

    private static Stream<String> labels(String scrape, String family) {
        String sample = scrape.lines()
                .filter(line -> line.matches(family + "(_count)?([{ ].*)"))
                .findFirst()
                .orElseThrow();
        return sample.contains("{")
                ? Stream.of(sample.substring(sample.indexOf('{') + 1, sample.lastIndexOf('}'))
                                .split("\",?"))
                        .filter(part -> part.contains("="))
                        .map(part -> part.substring(0, part.indexOf('=')))
                        .sorted()
                : Stream.of();
    }

    private void awaitValue(String series, double expected) {
        await(series).atMost(PATIENCE).until(() -> agent.scrape().sum(series), value -> value == expected);
    }

    private String scrape() {
        return agent.get("/metrics").body();
    }
}
