package dev.sshtunnels.management;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands GET and HEAD requests without a body to the endpoint of exactly their path, refuses all others. */
final class GetOnly implements HttpHandler {

    private static final Logger log = LoggerFactory.getLogger(GetOnly.class);
    private static final long NO_BODY = -1;

    private final Map<String, Endpoint> endpoints;

    GetOnly(Map<String, Endpoint> endpoints) {
        this.endpoints = endpoints;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            send(exchange, answer(exchange));
        }
    }

    private Response answer(HttpExchange exchange) {
        String method = exchange.getRequestMethod();
        if (!method.equals("GET") && !method.equals("HEAD")) {
            exchange.getResponseHeaders().set("Allow", "GET, HEAD");
            return Response.text(405, "only GET and HEAD are answered here");
        }
        if (hasBody(exchange)) {
            exchange.getResponseHeaders().set("Connection", "close");
            return Response.text(413, "a request body is not accepted here");
        }
        Endpoint endpoint = endpoints.get(exchange.getRequestURI().getPath());
        return endpoint == null ? Response.text(404, "not found") : answer(endpoint, exchange);
    }

    private static Response answer(Endpoint endpoint, HttpExchange exchange) {
        try {
            return endpoint.get(new Request(exchange.getRequestURI().getRawQuery()));
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return Response.text(503, "stopping");
        } catch (RuntimeException broken) {
            log.atError().setCause(broken).log("management request failed");
            return Response.text(500, "internal error, see the log");
        }
    }

    private static boolean hasBody(HttpExchange exchange) {
        String length = exchange.getRequestHeaders().getFirst("Content-Length");
        return exchange.getRequestHeaders().containsKey("Transfer-Encoding") || (length != null && !length.equals("0"));
    }

    private static void send(HttpExchange exchange, Response response) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", response.contentType());
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        boolean head = exchange.getRequestMethod().equals("HEAD");
        byte[] body = response.body();
        exchange.sendResponseHeaders(response.status(), head || body.length == 0 ? NO_BODY : body.length);
        if (!head && body.length > 0) {
            exchange.getResponseBody().write(body);
        }
    }
}
