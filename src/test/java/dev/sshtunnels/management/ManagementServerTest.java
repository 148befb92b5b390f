package dev.sshtunnels.management;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** First of all tests: the JDK reads the limits of its HTTP server once per JVM, and other tests start plain ones. */
@Order(1)
class ManagementServerTest {

    private final AtomicReference<Health> ready = new AtomicReference<>(Health.bad("no session: connection refused"));
    private final PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final HttpClient client = HttpClient.newHttpClient();
    private ManagementServer server;

    @BeforeEach
    void start() throws IOException {
        Endpoints endpoints = new Endpoints(() -> Health.good("alive"), ready::get, metrics)
                .with(
                        "/status",
                        request -> Response.json(
                                request.parameter("after").orElse("none").getBytes(UTF_8)))
                .with("/broken", request -> {
                    throw new IllegalStateException("secret detail");
                });
        server = ManagementServer.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), endpoints.byPath());
    }

    @AfterEach
    void stop() {
        server.close();
        client.close();
    }

    @Test
    void readinessIs503WithTheReasonAnd200AfterTheChange() throws Exception {
        HttpResponse<String> before = send("GET", "/readyz");
        ready.set(Health.good("ready"));
        HttpResponse<String> after = send("GET", "/readyz");

        assertThat(before.statusCode()).isEqualTo(503);
        assertThat(before.body()).isEqualTo("no session: connection refused\n");
        assertThat(after.statusCode()).isEqualTo(200);
        assertThat(send("GET", "/livez").statusCode()).isEqualTo(200);
    }

    @Test
    void metricsAreInPrometheusFormat() throws Exception {
        metrics.counter("sshtunnel.connects", "result", "ok").increment();

        assertThat(send("GET", "/metrics").body()).contains("sshtunnel_connects_total{result=\"ok\"} 1.0");
    }

    @Test
    void onlyGetAndHeadAreAnswered() throws Exception {
        assertThat(send("POST", "/livez").statusCode()).isEqualTo(405);
        assertThat(send("DELETE", "/status").statusCode()).isEqualTo(405);
        assertThat(send("POST", "/livez").headers().firstValue("allow")).contains("GET, HEAD");
        HttpResponse<String> head = send("HEAD", "/livez");
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
    }

    @Test
    void onlyExactPathsAreServed() throws Exception {
        assertThat(send("GET", "/").statusCode()).isEqualTo(404);
        assertThat(send("GET", "/livez/x").statusCode()).isEqualTo(404);
        assertThat(send("GET", "/status?after=5").body()).isEqualTo("5");
        assertThat(send("GET", "/status?x=1&after=%36").body()).isEqualTo("6");
    }

    @Test
    void aBodyIsRefused() throws Exception {
        var request = HttpRequest.newBuilder(uri("/livez"))
                .method("GET", HttpRequest.BodyPublishers.ofString("x".repeat(100)))
                .build();

        assertThat(client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(413);
    }

    @Test
    void headersBeyondTheLimitAreRefused() throws Exception {
        try (Socket socket =
                new Socket(server.address().getAddress(), server.address().getPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write(("GET /livez HTTP/1.1\r\nHost: x\r\nX: " + "y".repeat(20_000) + "\r\n\r\n").getBytes(UTF_8));

            assertThat(answer(socket)).doesNotContain("200 OK");
        }
    }

    /** What came back; the server may also reset the connection without a word. */
    private static String answer(Socket socket) throws IOException {
        try {
            return new String(socket.getInputStream().readAllBytes(), UTF_8);
        } catch (SocketException reset) {
            return "";
        }
    }

    @Test
    void aFailingEndpointTellsNothingOfItsInside() throws Exception {
        HttpResponse<String> response = send("GET", "/broken");

        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(response.body()).doesNotContain("secret detail");
    }

    private HttpResponse<String> send(String method, String path) throws Exception {
        var request = HttpRequest.newBuilder(uri(path))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.address().getPort() + path);
    }
}
