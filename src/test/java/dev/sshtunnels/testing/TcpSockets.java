package dev.sshtunnels.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The TCP sockets of this machine, found without connecting to them; proc_net_tcp. */
public final class TcpSockets {

    private static final String SYN_SENT = "02";
    private static final String LISTEN = "0A";

    private TcpSockets() {}

    private record Entry(int localPort, int remotePort, String state) {

        static Entry of(String line) {
            String[] words = line.strip().split("\\s+");
            return new Entry(port(words[1]), port(words[2]), words[3]);
        }

        private static int port(String address) {
            return Integer.parseInt(address.substring(address.indexOf(':') + 1), 16);
        }
    }

    /** Ports that somebody listens on. */
    public static Set<Integer> listening() throws IOException {
        return entries()
                .filter(entry -> entry.state().equals(LISTEN))
                .map(Entry::localPort)
                .collect(Collectors.toSet());
    }

    /** The local ports of connections to a port that wait for an answer to their SYN. */
    static Stream<Integer> dialling(int port) throws IOException {
        return entries()
                .filter(entry -> entry.state().equals(SYN_SENT) && entry.remotePort() == port)
                .map(Entry::localPort);
    }

    private static Stream<Entry> entries() throws IOException {
        return Stream.concat(table("tcp"), table("tcp6"));
    }

    private static Stream<Entry> table(String name) throws IOException {
        return Files.readAllLines(Path.of("/proc/self/net", name)).stream()
                .skip(1)
                .map(Entry::of);
    }
}
