package dev.sshtunnels.faults.transport;

import static dev.sshtunnels.api.Reason.HandshakeTimeout;
import static dev.sshtunnels.api.Reason.NotAnSshServer;
import static dev.sshtunnels.faults.Row.F11;
import static dev.sshtunnels.faults.Row.F28;
import static dev.sshtunnels.faults.Row.F6;

import com.sun.net.httpserver.HttpServer;
import dev.sshtunnels.faults.Covers;
import dev.sshtunnels.faults.FaultScenario;
import dev.sshtunnels.faults.Incident;
import dev.sshtunnels.faults.Stage;
import dev.sshtunnels.faults.inject.FaultProxy;
import dev.sshtunnels.faults.inject.Firewall;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A login gets no further")
class HandshakeFaultIT extends FaultScenario {

    private static final Duration DEADLINE = Duration.ofSeconds(15);
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final Duration BACK = Duration.ofSeconds(5);

    private static final int PLACES = 8;

    /** Shorter than the packets of a key exchange that is safe from quantum computers. */
    private static final int MTU = 1000;

    @Test
    @Covers(F11)
    void longPacketsAreLost() throws Exception {
        Stage stage = stage().up();
        Firewall firewall = stage.site().firewall();

        stage.incident(F11, F11.fault())
                .inject("nftables drops packets longer than " + MTU + " bytes, and the session ends", () -> {
                    firewall.swallowLongerThan(MTU, stage.server().port());
                    stage.server().killSessions();
                })
                .shows(stage.agent(), DEADLINE, HandshakeTimeout)
                .says(stage.agent(), "MTU")
                .end(firewall::open)
                .recovers(BACK, stage::passes)
                .passed();
    }

    @Test
    @Covers(F6)
    void theServerFallsSilentAtManyPlaces() throws Exception {
        Stage stage = stageWithSharedServer();
        FaultProxy proxy = stage.proxied("connectTimeout: 1s", "reconnect: {initialDelay: 100ms, maxDelay: 200ms}");

        Incident incident = stage.incident(F6, "the server falls silent in the middle of a login");
        long handshake = proxy.toClient();
        List<Long> places = IntStream.range(0, PLACES)
                .mapToObj(place -> handshake * place / PLACES)
                .toList();
        SilentHandshakes silence = new SilentHandshakes(proxy, places);
        incident.inject(
                        "a proxy passes so many bytes of the server, then nothing: " + places
                                + "; connectTimeout is 1 s",
                        proxy::reset)
                .shows(stage.agent(), DEADLINE, HandshakeTimeout)
                .showed("`HandshakeTimeout` or, in the last bytes, `KeepAliveTimeout`", silence.longest(), DEADLINE)
                .end(() -> {
                    proxy.pass();
                    proxy.reset();
                })
                .recovers(BACK, stage::passes)
                .passed();
    }

    @Test
    @Covers(F28)
    void aWebServerAnswers() throws Exception {
        HttpServer web = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        web.start();
        untilTheEnd(() -> web.stop(0));

        answers("a web server", web.getAddress().getPort(), "HTTP/1.1 400");
    }

    @Test
    @Covers(F28)
    void aTlsServerAnswers() throws Exception {
        SSLServerSocket tls = (SSLServerSocket)
                SSLContext.getDefault().getServerSocketFactory().createServerSocket();
        tls.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        untilTheEnd(tls);
        Thread.ofVirtual().start(() -> greet(tls));

        answers("a TLS server", tls.getLocalPort(), "");
    }

    private static void greet(SSLServerSocket listener) {
        while (!listener.isClosed()) {
            try (SSLSocket client = (SSLSocket) listener.accept()) {
                client.startHandshake();
            } catch (IOException _) {
                // What it sent was no TLS, and it has been told.
            }
        }
    }

    private void answers(String who, int port, String words) throws Exception {
        Stage stage = stage();
        FaultProxy proxy = stage.proxied();

        stage.incident(F28, who + " answers")
                .inject("the session is reset, and " + who + " listens on the port", () -> {
                    proxy.leadTo("127.0.0.1", port);
                    proxy.reset();
                })
                .shows(stage.agent(), SOON, NotAnSshServer)
                .says(stage.agent(), words)
                .end(() -> proxy.leadTo(stage.server().host(), stage.server().port()))
                .recovers(BACK, stage::passes)
                .passed();
    }

    @Test
    @Covers(F28)
    void nobodyAnswers() throws Exception {
        Stage stage = stage();
        FaultProxy proxy = stage.proxied();

        stage.incident(F28, "what listens says nothing")
                .inject("the session is reset, and a proxy accepts and says nothing", () -> {
                    proxy.hangNewConnections();
                    proxy.reset();
                })
                .shows(stage.agent(), DEADLINE, HandshakeTimeout)
                .end(proxy::pass)
                .recovers(BACK, stage::passes)
                .passed();
    }
}
