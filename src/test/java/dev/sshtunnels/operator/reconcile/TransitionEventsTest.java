package dev.sshtunnels.operator.reconcile;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.sshtunnels.api.ConditionType;
import dev.sshtunnels.api.Reason;
import dev.sshtunnels.operator.kinds.SshServer;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written, as an HTTP server on loopback receives it that keeps every event. */
class TransitionEventsTest {

    private static final Instant BEGIN = Instant.parse("2026-03-01T10:00:00Z");

    private final List<Event> written = new CopyOnWriteArrayList<>();
    private final KubernetesSerialization json = new KubernetesSerialization();
    private HttpServer api;
    private KubernetesClient client;
    private final AtomicReference<Instant> now = new AtomicReference<>(BEGIN);
    private List<Condition> shown = List.of();
    private TransitionEvents events;

    @BeforeEach
    void start() throws IOException {
        api = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        api.createContext("/apis/events.k8s.io/v1/namespaces/shop/events", this::keep);
        api.start();
        client = new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder()
                        .withAutoConfigure(false)
                        .withMasterUrl("http://127.0.0.1:" + api.getAddress().getPort())
                        .build())
                .build();
        events = new TransitionEvents(client, "test", clock());
    }

    @AfterEach
    void stop() {
        client.close();
        api.stop(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "\u00e9", "\u20ac", "\ud83d\ude00"})
    void aNoteIsCutToTheBytesThatTheApiServerTakes(String character) {
        String message = "x" + character.repeat(2000);

        events.announce(server("u1"), List.of(), List.of(ready("False", Reason.ConnectTimeout, message)));

        String note = written.getFirst().getNote();
        assertThat(message).startsWith(note);
        assertThat(note.getBytes(UTF_8).length)
                .isLessThanOrEqualTo(1024)
                .isGreaterThan(1024 - character.getBytes(UTF_8).length);
        assertThat(note).endsWith(character);
    }

    @Test
    void aShortNoteIsLeftAsItIs() {
        events.announce(server("u1"), List.of(), List.of(ready("False", Reason.ConnectTimeout, "d\u00e9j\u00e0")));

        assertThat(written.getFirst().getNote()).isEqualTo("d\u00e9j\u00e0");
    }

    @Test
    void causesThatTakeTurnsAreToldOnceEachInTenMinutes() {
        for (int flip = 0; flip < 40; flip++) {
            show("False", flip % 2 == 0 ? Reason.ConnectTimeout : Reason.HandshakeTimeout);
            now.set(now.get().plusSeconds(12));
        }
        assertThat(reasons()).containsExactly("ConnectTimeout", "HandshakeTimeout");

        now.set(BEGIN.plus(RecentlyTold.TIME));
        show("False", Reason.ConnectTimeout);
        assertThat(reasons()).containsExactly("ConnectTimeout", "HandshakeTimeout", "ConnectTimeout");
    }

    @Test
    void aFailureAfterItWorkedIsToldAtOnce() {
        show("False", Reason.ConnectTimeout);
        show("True", Reason.Ready);
        show("False", Reason.ConnectTimeout);

        assertThat(reasons()).containsExactly("ConnectTimeout", "Ready", "ConnectTimeout");
    }

    @Test
    void whatIsToldOfOneServerIsNewsOfAnother() {
        List<Condition> failed = List.of(ready("False", Reason.ConnectTimeout, "slow"));

        events.announce(server("u1"), List.of(), failed);
        events.announce(server("u2"), List.of(), failed);

        assertThat(reasons()).containsExactly("ConnectTimeout", "ConnectTimeout");
    }

    private void show(String status, Reason reason) {
        List<Condition> next = List.of(ready(status, reason, "message"));
        events.announce(server("u1"), shown, next);
        shown = next;
    }

    private List<String> reasons() {
        return written.stream().map(Event::getReason).toList();
    }

    private Clock clock() {
        return new Clock() {
            @Override
            public Instant instant() {
                return now.get();
            }

            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                throw new UnsupportedOperationException();
            }
        };
    }

    private void keep(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        written.add(json.unmarshal(new String(body, UTF_8), Event.class));
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(201, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private static Condition ready(String status, Reason reason, String message) {
        return new ConditionBuilder()
                .withType(ConditionType.Ready.name())
                .withStatus(status)
                .withReason(reason.name())
                .withMessage(message)
                .build();
    }

    private static SshServer server(String uid) {
        var server = new SshServer();
        server.setMetadata(new ObjectMetaBuilder()
                .withName("bastion")
                .withNamespace("shop")
                .withUid(uid)
                .build());
        return server;
    }
}
