package dev.sshtunnels.management;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * HTTP server for health, metrics and whatever a process adds; unauthenticated, so nothing behind it may change
 * anything or tell a secret.
 */
public final class ManagementServer implements AutoCloseable {

    private static final int BACKLOG = 64;

    // The JDK's server reads its limits once, from properties, when it is first used.
    private static final Map<String, String> LIMITS = Map.of(
            "jdk.httpserver.maxConnections", "128",
            "sun.net.httpserver.maxReqHeaders", "64",
            "sun.net.httpserver.maxReqHeaderSize", "16384",
            "sun.net.httpserver.maxReqTime", "10",
            "sun.net.httpserver.drainAmount", "4096",
            "sun.net.httpserver.nodelay", "true");

    private final HttpServer server;
    private final ExecutorService threads;

    private ManagementServer(HttpServer server, ExecutorService threads) {
        this.server = server;
        this.threads = threads;
    }

    /**
     * Listens and answers.
     *
     * @param endpoints by path, for example {@code /livez}
     * @throws IOException when the address cannot be bound
     */
    public static ManagementServer start(InetSocketAddress address, Map<String, Endpoint> endpoints)
            throws IOException {
        LIMITS.forEach(ManagementServer::limit);
        HttpServer server = HttpServer.create(address, BACKLOG);
        ExecutorService threads = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("management-", 0).factory());
        server.setExecutor(threads);
        server.createContext("/", new GetOnly(Map.copyOf(endpoints)));
        server.start();
        return new ManagementServer(server, threads);
    }

    private static void limit(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }

    /** Where it listens, with the port that was chosen when 0 was asked for. */
    public InetSocketAddress address() {
        return server.getAddress();
    }

    @Override
    public void close() {
        threads.shutdownNow();
        server.stop(0);
    }
}
