package dev.sshtunnels.differential;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Where a listener can be seen and entered.
 *
 * @param listensOn addresses of its listening sockets, as {@code ss} writes them
 * @param opensFrom addresses under which it was connected to and its target answered
 */
record Door(Set<String> listensOn, Set<String> opensFrom) {

    static Door of(int port, List<String> addresses) {
        Set<String> open = new TreeSet<>();
        addresses.stream().filter(address -> opens(address, port)).forEach(open::add);
        return new Door(ListeningSockets.now().on(port), open);
    }

    static Door of(Set<String> listensOn, String... opensFrom) {
        return new Door(listensOn, Set.of(opensFrom));
    }

    /** Whether a byte comes back: as an echo, or as a SOCKS 5 server's choice of a method (RFC 1928 3). */
    private static boolean opens(String address, int port) {
        try (Socket socket = new Socket()) {
            socket.setSoTimeout(5_000);
            socket.connect(new InetSocketAddress(InetAddress.ofLiteral(address), port), 5_000);
            socket.getOutputStream().write(new byte[] {5, 1, 0});
            return socket.getInputStream().read() == 5;
        } catch (IOException closed) {
            return false;
        }
    }
}
