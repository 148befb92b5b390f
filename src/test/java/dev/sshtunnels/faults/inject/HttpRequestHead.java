package dev.sshtunnels.faults.inject;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What an HTTP/1.1 request begins with (RFC 9112 section 3).
 *
 * @param target path and query
 * @param fields header lines as they came
 */
public record HttpRequestHead(String method, String target, List<String> fields) {

    private static final int LONGEST = 64 << 10;

    /** Of one connection only (RFC 9110 section 7.6.1); the client's wish for HTTP/2 is among them. */
    private static final List<String> HOP_BY_HOP = List.of("connection:", "upgrade:", "http2-settings:", "host:");

    /** Reads to the empty line, and nothing behind it. */
    static HttpRequestHead read(InputStream in) throws IOException {
        var text = new StringBuilder();
        while (text.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0 || text.length() == LONGEST) {
                throw new EOFException("no request, but: " + text);
            }
            text.append((char) next);
        }
        List<String> lines = text.toString().strip().lines().toList();
        String[] request = lines.getFirst().split(" ");
        return new HttpRequestHead(request[0], request[1], lines.subList(1, lines.size()));
    }

    public boolean isWatch() {
        return target.contains("watch=true");
    }

    private boolean opensWebSocket() {
        return fields.stream().anyMatch(field -> field.toLowerCase(Locale.ROOT).startsWith("upgrade: websocket"));
    }

    /** As it is sent on: the server ends the connection with its answer, unless that is a WebSocket. */
    byte[] forServer(String host, String otherTarget) {
        boolean webSocket = opensWebSocket();
        String kept = fields.stream()
                .filter(field -> !isHopByHop(field) || webSocket && !isHost(field))
                .map(field -> field + "\r\n")
                .collect(Collectors.joining());
        String close = webSocket ? "" : "Connection: close\r\n";
        return (method + " " + otherTarget + " HTTP/1.1\r\nHost: " + host + "\r\n" + kept + close + "\r\n")
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    private static boolean isHopByHop(String field) {
        return HOP_BY_HOP.stream().anyMatch(field.toLowerCase(Locale.ROOT)::startsWith);
    }

    private static boolean isHost(String field) {
        return field.toLowerCase(Locale.ROOT).startsWith("host:");
    }
}
