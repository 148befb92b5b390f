package dev.sshtunnels.management;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Answer to a {@link Request}. */
public record Response(int status, String contentType, byte[] body) {

    /** Plain text with a line end. */
    public static Response text(int status, String line) {
        return new Response(status, "text/plain; charset=utf-8", (line + "\n").getBytes(UTF_8));
    }

    public static Response json(byte[] body) {
        return new Response(200, "application/json", body);
    }

    static Response of(Health health) {
        return text(health.healthy() ? 200 : 503, health.line());
    }
}
