package dev.sshtunnels.faults.inject;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import javax.net.ssl.SSLSocketFactory;

/**
 * A reverse proxy on loopback before an HTTPS server, that speaks HTTP and WebSocket with its clients and passes
 * everything on until it is told otherwise. One request in each connection. Thread-safe.
 */
public final class HttpFaultProxy implements AutoCloseable {

    private final URI server;
    private final SSLSocketFactory tls;
    private final ServerSocket listener;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final AtomicInteger requests = new AtomicInteger();
    private volatile Function<HttpRequestHead, HttpFault> faults = _ -> new HttpFault.None();

    /** @param tls trusts the server's certificate */
    public HttpFaultProxy(URI server, SSLSocketFactory tls) {
        this.server = server;
        this.tls = tls;
        try {
            listener = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().name("reverse-proxy").start(this::acceptAll);
    }

    /** Where clients find it. */
    public URI address() {
        return URI.create("http://127.0.0.1:" + listener.getLocalPort());
    }

    /** Number of requests that came, answered or not. */
    public int requests() {
        return requests.get();
    }

    /** New requests suffer this; those that are under way go on. */
    public void faults(Function<HttpRequestHead, HttpFault> each) {
        faults = each;
    }

    /** New requests suffer nothing. */
    public void pass() {
        faults(_ -> new HttpFault.None());
    }

    /** Everything that is under way gets RST. */
    public void reset() {
        sockets.forEach(HttpFaultProxy::abort);
    }

    private void acceptAll() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                Thread.ofVirtual().name("request").start(() -> serve(client));
            } catch (IOException _) {
                // The test is over.
            }
        }
    }

    private void serve(Socket client) {
        sockets.add(client);
        try (client) {
            InputStream in = new BufferedInputStream(client.getInputStream());
            HttpRequestHead head = HttpRequestHead.read(in);
            requests.incrementAndGet();
            switch (faults.apply(head)) {
                case HttpFault.None() -> exchange(client, in, head, head.target());
                case HttpFault.Other(String target) -> exchange(client, in, head, target);
                case HttpFault.Reset() -> abort(client);
                case HttpFault.Answer(int code) -> answer(client, code);
                case HttpFault.Delay(var duration) -> {
                    Thread.sleep(duration);
                    exchange(client, in, head, head.target());
                }
            }
        } catch (IOException _) {
            abort(client);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            sockets.remove(client);
        }
    }

    private void exchange(Socket client, InputStream in, HttpRequestHead head, String target) throws IOException {
        try (Socket upstream = tls.createSocket(server.getHost(), server.getPort())) {
            sockets.add(upstream);
            upstream.getOutputStream().write(head.forServer(server.getAuthority(), target));
            Thread.ofVirtual().name("to server").start(() -> copy(in, upstream));
            InputStream answer = upstream.getInputStream();
            answer.transferTo(client.getOutputStream());
            sockets.remove(upstream);
        }
    }

    private static void copy(InputStream from, Socket to) {
        try {
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[16 << 10];
            for (int bytes = from.read(buffer); bytes >= 0; bytes = from.read(buffer)) {
                out.write(buffer, 0, bytes);
                out.flush();
            }
        } catch (IOException _) {
            abort(to);
        }
    }

    /** As the API server says it; the body of the request is of no interest any more. */
    private static void answer(Socket client, int code) throws IOException {
        String body = "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"status\":\"Failure\",\"code\":" + code + "}";
        client.getOutputStream()
                .write(("HTTP/1.1 " + code + " Injected\r\nContent-Type: application/json\r\nContent-Length: "
                                + body.length() + "\r\nConnection: close\r\n\r\n" + body)
                        .getBytes(StandardCharsets.US_ASCII));
        client.shutdownOutput();
        client.getInputStream().transferTo(OutputStream.nullOutputStream());
    }

    private static void abort(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException _) {
            // It is gone already.
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        reset();
    }
}
