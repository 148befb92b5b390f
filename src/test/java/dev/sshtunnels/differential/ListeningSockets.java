package dev.sshtunnels.differential;

import static org.awaitility.Awaitility.await;

import dev.sshtunnels.testing.Commands;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** The listening TCP sockets of this machine, as {@code ss -ltn} shows them. */
final class ListeningSockets {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration POLL = Duration.ofMillis(20);

    /** {@code address:port}, IPv6 in brackets. */
    private final List<String> sockets;

    private ListeningSockets(List<String> sockets) {
        this.sockets = sockets;
    }

    static ListeningSockets now() {
        String table = Commands.run(List.of("ss", "-Hltn"));
        return new ListeningSockets(
                table.lines().map(line -> line.trim().split("\\s+")[3]).toList());
    }

    /** The addresses on which a port is listened to: {@code 127.0.0.1}, {@code [::1]}; {@code *} is one for both families. */
    Set<String> on(int port) {
        String end = ":" + port;
        Set<String> addresses = new TreeSet<>();
        sockets.stream()
                .filter(socket -> socket.endsWith(end))
                .forEach(socket -> addresses.add(socket.substring(0, socket.length() - end.length())));
        return addresses;
    }

    /** The ports that a session's forwards listen on, those out of force left out. */
    static List<Integer> portsOf(Session session, int forwards) {
        return IntStream.range(0, forwards)
                .filter(session::isInForce)
                .mapToObj(session::port)
                .toList();
    }

    /** Waits until nobody listens on the ports but who did when this was taken. */
    void awaitNoOthers(List<Integer> ports) {
        await("nobody else listens on " + ports)
                .pollDelay(Duration.ZERO)
                .pollInterval(POLL)
                .atMost(PATIENCE)
                .until(() -> {
                    ListeningSockets now = now();
                    return ports.stream().allMatch(port -> on(port).containsAll(now.on(port)));
                });
    }
}
