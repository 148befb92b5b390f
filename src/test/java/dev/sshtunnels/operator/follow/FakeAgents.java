package dev.sshtunnels.operator.follow;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.sshtunnels.api.Mode;
import dev.sshtunnels.api.Reason;
import dev.sshtunnels.report.AgentReport;
import dev.sshtunnels.report.ForwardReport;
import dev.sshtunnels.report.ReportCodec;
import dev.sshtunnels.report.SessionReport;
import dev.sshtunnels.report.TunnelReport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;

/** Agents that are HTTP servers on loopback, and what good ones say. */
final class FakeAgents implements AutoCloseable {

    private final List<HttpServer> servers = new ArrayList<>();

    AgentAddress agent(HttpHandler handler) throws IOException {
        return agent("uid", handler);
    }

    AgentAddress agent(String uid, HttpHandler handler) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/status", handler);
        server.start();
        servers.add(server);
        return new AgentAddress(uid, "127.0.0.1", server.getAddress().getPort());
    }

    static void answerNext(HttpExchange exchange, LinkedBlockingQueue<AgentReport> reports) throws IOException {
        try {
            answer(exchange, ReportCodec.write(reports.take()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    static void answer(HttpExchange exchange, byte[] body) throws IOException {
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    static AgentReport report(long revision, String... tunnels) {
        return new AgentReport(
                revision,
                null,
                new SessionReport(true, Reason.Connected, "up", 1, "192.0.2.1:22", null, null, null, null, null, null),
                List.of(tunnels).stream().map(FakeAgents::tunnel).toList());
    }

    private static TunnelReport tunnel(String name) {
        return new TunnelReport(
                name,
                "uid",
                1,
                List.of(new ForwardReport(
                        "tunnel",
                        Mode.L,
                        true,
                        "*",
                        "*",
                        20_000,
                        "db:5432",
                        Reason.AllForwardsReady,
                        "",
                        Reason.TargetNotTried,
                        "",
                        null,
                        null)));
    }

    @Override
    public void close() {
        servers.forEach(server -> server.stop(0));
    }
}
