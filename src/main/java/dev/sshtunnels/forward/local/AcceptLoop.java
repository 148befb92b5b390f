package dev.sshtunnels.forward.local;

import dev.sshtunnels.forward.connection.ForwardContext;
import dev.sshtunnels.forward.socket.DescriptorReserve;
import dev.sshtunnels.forward.socket.SocketEnd;
import dev.sshtunnels.loop.EventLoop;
import dev.sshtunnels.loop.ReadyHandler;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Listens on the addresses of one bind address and hands over each connection; event loop only. */
final class AcceptLoop implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(AcceptLoop.class);
    private static final int BACKLOG = 1024;

    /** So many at once, then others have their turn. */
    private static final int BATCH = 64;

    /** At the limit of descriptors accept fails at once, for ever; waiting costs a client less than a spinning loop. */
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final EventLoop loop;
    private final DescriptorReserve reserve;
    private final Receiver receiver;
    private final Runnable failures;
    private final List<ServerSocketChannel> sockets = new ArrayList<>();

    /** Takes the connections. */
    interface Receiver {

        /**
         * A client has connected; its socket is as accept(2) made it.
         *
         * @throws IOException when the socket is of no use any more; it is closed then
         */
        void accepted(SocketChannel client) throws IOException;
    }

    /**
     * Binds and listens.
     *
     * @param failures told of each time that a waiting client could not be accepted
     * @throws IOException when the first address cannot be bound; further ones may be missing on this machine
     */
    AcceptLoop(ForwardContext context, List<InetSocketAddress> addresses, Receiver receiver, Runnable failures)
            throws IOException {
        this.loop = context.loop();
        this.reserve = context.reserve();
        this.receiver = receiver;
        this.failures = failures;
        for (InetSocketAddress address : addresses) {
            try {
                listen(address);
            } catch (IOException e) {
                if (sockets.isEmpty()) {
                    throw e;
                }
                LOG.atDebug().setCause(e).log("not listening on {} too", address);
            }
        }
    }

    private void listen(InetSocketAddress address) throws IOException {
        ServerSocketChannel socket = open(address.getAddress());
        try {
            socket.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            socket.bind(address, BACKLOG);
            socket.configureBlocking(false);
            loop.register(socket, SelectionKey.OP_ACCEPT, new Acceptor(socket));
        } catch (IOException | RuntimeException e) {
            SocketEnd.close(socket);
            throw e;
        }
        sockets.add(socket);
    }

    /** A socket of one family: to one of both, 0.0.0.0 would mean :: too. */
    private static ServerSocketChannel open(InetAddress address) throws IOException {
        try {
            return ServerSocketChannel.open(
                    address instanceof Inet4Address ? StandardProtocolFamily.INET : StandardProtocolFamily.INET6);
        } catch (UnsupportedOperationException e) {
            throw new SocketException("this machine has no IPv6");
        }
    }

    @Override
    public void close() {
        sockets.forEach(SocketEnd::close);
    }

    private final class Acceptor implements ReadyHandler {

        private final ServerSocketChannel socket;
        private boolean failing;

        Acceptor(ServerSocketChannel socket) {
            this.socket = socket;
        }

        @Override
        public void ready(int operations) throws IOException {
            for (int i = 0; i < BATCH; i++) {
                reserve.requireRoom();
                SocketChannel client = socket.accept();
                if (client == null) {
                    recovered();
                    return;
                }
                handOver(client);
            }
        }

        /** What is wrong with one client's socket must not stop the others. */
        private void handOver(SocketChannel client) {
            try {
                receiver.accepted(client);
            } catch (IOException e) {
                LOG.atDebug().setCause(e).log("a client's socket failed at once");
                SocketEnd.close(client);
            }
        }

        @Override
        public void failed(Exception cause) {
            if (!socket.isOpen()) {
                return;
            }
            if (!failing) {
                failing = true;
                LOG.atWarn().log("connections wait, none can be accepted: {}", cause.getMessage());
            }
            reserve.setFree();
            failures.run();
            interested(0);
            loop.schedule(PAUSE, () -> interested(SelectionKey.OP_ACCEPT));
        }

        /** Nobody waits any more. */
        private void recovered() {
            if (failing) {
                failing = false;
                LOG.atInfo().log("connections are accepted again");
            }
        }

        private void interested(int operations) {
            try {
                if (socket.isOpen()) {
                    loop.register(socket, operations, this);
                }
            } catch (IOException _) {
                // Closed meanwhile.
            }
        }
    }
}
