package dev.sshtunnels.ssh;

import static org.awaitility.Awaitility.await;

import dev.sshtunnels.tunnel.HostPort;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/** A server that is no real one: it says the same to each client, then hangs up or only listens. */
final class ScriptedServer implements AutoCloseable {

    private final ServerSocket listener;
    private final String words;
    private final boolean hangsUp;
    private final AtomicInteger came = new AtomicInteger();
    private final AtomicInteger gone = new AtomicInteger();

    ScriptedServer(String words, boolean hangsUp) throws IOException {
        this.listener = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        this.words = words;
        this.hangsUp = hangsUp;
        Thread.ofVirtual().start(this::accept);
    }

    HostPort endpoint() {
        return new HostPort(listener.getInetAddress().getHostAddress(), listener.getLocalPort());
    }

    void awaitClient() {
        await().until(() -> came.get() > 0);
    }

    void awaitClientGone() {
        await().until(() -> gone.get() > 0);
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                came.incrementAndGet();
                Thread.ofVirtual().start(() -> serve(client));
            } catch (IOException _) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (Socket client = socket) {
            client.getOutputStream().write(words.getBytes(StandardCharsets.ISO_8859_1));
            InputStream in = client.getInputStream();
            if (hangsUp) {
                client.shutdownOutput();
            }
            in.transferTo(java.io.OutputStream.nullOutputStream());
        } catch (IOException _) {
            // The client went away without FIN.
        } finally {
            gone.incrementAndGet();
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
