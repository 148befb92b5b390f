package dev.sshtunnels.faults.inject;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;

/** A TCP middlebox on loopback before a server, that passes everything until it is told otherwise. Thread-safe. */
public final class FaultProxy implements AutoCloseable {

    private final int port;
    private final List<ProxiedConnection> connections = new CopyOnWriteArrayList<>();
    private final AtomicInteger accepted = new AtomicInteger();
    private final Set<Way> frozen = EnumSet.noneOf(Way.class);
    private InetSocketAddress server;
    private IntFunction<ByteFault> byteFaults = _ -> new ByteFault.None();
    private boolean answering = true;
    private ServerSocket listener;

    public FaultProxy(String host, int serverPort) {
        server = new InetSocketAddress(host, serverPort);
        listener = listen(0);
        port = listener.getLocalPort();
    }

    private ServerSocket listen(int wanted) {
        try {
            ServerSocket socket = new ServerSocket(wanted, 100, InetAddress.getLoopbackAddress());
            Thread.ofVirtual().name("middlebox").start(() -> acceptAll(socket));
            return socket;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void acceptAll(ServerSocket socket) {
        while (!socket.isClosed()) {
            try {
                serve(socket.accept());
            } catch (IOException _) {
                // It refuses, or the test is over, or the server is down, which the client has seen as a reset.
            }
        }
    }

    private void serve(Socket client) throws IOException {
        ProxiedConnection connection;
        InetSocketAddress address;
        synchronized (this) {
            ByteFault fault = byteFaults.apply(accepted.getAndIncrement());
            address = server;
            connection = new ProxiedConnection(client, fault, Set.copyOf(frozen));
            connections.add(connection);
            if (!answering) {
                return;
            }
        }
        connection.connect(address);
    }

    public String host() {
        return listener.getInetAddress().getHostAddress();
    }

    public int port() {
        return port;
    }

    /** Number of connections that came. */
    public int accepted() {
        return accepted.get();
    }

    /** Bytes of the server that went on to the client of the last connection. */
    public long toClient() {
        return connections.getLast().toClient();
    }

    /** New connections have this fault, which depends on how many came before; those that are there keep theirs. */
    public synchronized void onNewConnections(IntFunction<ByteFault> faults) {
        byteFaults = faults;
    }

    /** New connections go to another server. */
    public synchronized void leadTo(String host, int serverPort) {
        server = new InetSocketAddress(host, serverPort);
    }

    /** New connections are accepted, and nothing is ever said. */
    public synchronized void hangNewConnections() {
        answering = false;
    }

    /** From now on nothing goes these ways, in connections that are there and in new ones; they stay open. */
    public synchronized void freeze(Way... ways) {
        frozen.addAll(List.of(ways));
        connections.forEach(connection -> List.of(ways).forEach(connection::freeze));
    }

    /** New connections get RST. */
    public synchronized void refuse() throws IOException {
        listener.close();
    }

    /** Ends {@link #refuse}, {@link #freeze} and faults of bytes for new connections; old ones keep what they have. */
    public synchronized void pass() {
        frozen.clear();
        byteFaults = _ -> new ByteFault.None();
        answering = true;
        if (listener.isClosed()) {
            listener = listen(port);
        }
    }

    /** Both sides of every connection get RST. */
    public void reset() {
        connections.forEach(ProxiedConnection::reset);
        connections.clear();
    }

    /** As a NAT that has lost its table: who next sends something gets RST, the other side hears nothing of it. */
    public void forget() {
        connections.forEach(ProxiedConnection::forget);
    }

    @Override
    public synchronized void close() throws IOException {
        listener.close();
        reset();
    }
}
