package dev.sshtunnels.probe;

import static java.nio.charset.StandardCharsets.US_ASCII;

/**
 * Any status line will do (RFC 9112 4): a server that answers 404 or 503 is there.
 *
 * @param authority for the Host field, {@code host:port}
 */
record HttpGreeting(String authority) implements Greeting {

    private static final byte[] STATUS_LINE = "HTTP/".getBytes(US_ASCII);

    @Override
    public byte[] opening() {
        return ("HEAD / HTTP/1.1\r\nHost: " + authority
                        + "\r\nUser-Agent: ssh-tunnel-operator\r\nAccept: */*\r\nConnection: close\r\n\r\n")
                .getBytes(US_ASCII);
    }

    @Override
    public Verdict judge(byte[] answer) {
        return Prefix.of(STATUS_LINE, answer).verdict("an HTTP server answered", "an HTTP server");
    }
}
