package dev.sshtunnels.forward.connection;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sshtunnels.channel.Channel;
import dev.sshtunnels.channel.Originator;
import dev.sshtunnels.forward.contract.ConnectionAccount;
import dev.sshtunnels.forward.contract.ConnectionEnd;
import dev.sshtunnels.forward.contract.ForwardTraffic;
import dev.sshtunnels.forward.socket.ConnectFailure;
import dev.sshtunnels.forward.socket.DescriptorReserve;
import dev.sshtunnels.loop.EventLoop;
import dev.sshtunnels.tunnel.HostPort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class SocketBuffersTest {

    private static final int PACKET = 32 << 10;

    private final EventLoop loop = new EventLoop("test-loop");
    private final SocketBuffers buffers = new SocketBuffers();
    private final ForwardContext context = new ForwardContext(loop, buffers, new DescriptorReserve());
    private ServerSocketChannel listener;

    @BeforeEach
    void listen() throws IOException {
        listener = ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    @AfterEach
    void end() throws IOException {
        listener.close();
        loop.close();
    }

    @Test
    void aConnectionThatFailsInTheMidstOfItsBytesLeavesNothingToTheNext() throws Exception {
        try (Socket first = connect();
                SocketChannel here = listener.accept();
                Socket second = connect();
                SocketChannel there = listener.accept()) {
            TunnelConnection failing = connection(here, _ -> {
                throw new CancelledKeyException();
            });
            TunnelConnection next = connection(there, _ -> {});

            onLoop(() -> gather(failing, next));

            assertThat(first.getInputStream().readNBytes(5)).asString(US_ASCII).isEqualTo("first");
            assertThat(second.getInputStream().readNBytes(6)).asString(US_ASCII).isEqualTo("second");
        }
    }

    /** So much in one turn that the gathered bytes are written in its middle, to a socket that takes a part of them. */
    @Test
    void aSocketThatTakesAPartInTheMiddleOfATurnGetsAllInOrder() throws Exception {
        byte[] sent = new byte[8 << 20];
        new Random(1).nextBytes(sent);
        try (Socket client = connect();
                SocketChannel here = listener.accept()) {
            here.setOption(StandardSocketOptions.SO_SNDBUF, 16 << 10);
            TunnelConnection connection = connection(here, _ -> {});

            onLoop(() -> {
                for (int offset = 0; offset < sent.length; offset += PACKET) {
                    connection.received(sent, offset, PACKET);
                }
                buffers.flush();
            });

            assertThat(client.getInputStream().readNBytes(sent.length)).isEqualTo(sent);
        }
    }

    private void gather(TunnelConnection failing, TunnelConnection next) {
        buffers.gather(failing, "first".getBytes(US_ASCII), 0, 5);
        try {
            buffers.flush();
        } catch (CancelledKeyException _) {
            // As in a turn of the loop: the next event comes all the same.
        }
        buffers.gather(next, "second".getBytes(US_ASCII), 0, 6);
        buffers.flush();
    }

    private void onLoop(Runnable work) throws Exception {
        CompletableFuture.runAsync(work, loop::execute).get();
    }

    private Socket connect() throws IOException {
        return new Socket(listener.socket().getInetAddress(), listener.socket().getLocalPort());
    }

    private TunnelConnection connection(SocketChannel socket, IntConsumer consumed) throws Exception {
        socket.configureBlocking(false);
        ConnectionAccount account = new ConnectionAccount(
                new Originator("127.0.0.1", 1),
                new HostPort("127.0.0.1", 2),
                ConnectionEnd.Party.CLIENT,
                new ForwardTraffic());
        TunnelConnection connection =
                new TunnelConnection(socket, context, OpenReply.NONE, account, new NobodyWatches());
        onLoop(() -> connection.opened(new SilentChannel(consumed)));
        return connection;
    }

    /** A channel over a session that takes no data, and that may end at any time. */
    private record SilentChannel(IntConsumer whenConsumed) implements Channel {

        @Override
        public void write(ByteBuffer data) {}

        @Override
        public int writable() {
            return 0;
        }

        @Override
        public void sendEof() {}

        @Override
        public void close() {}

        @Override
        public void consumed(int bytes) {
            whenConsumed.accept(bytes);
        }
    }

    private static final class NobodyWatches implements ConnectionObserver {

        @Override
        public void opened(TunnelConnection connection) {}

        @Override
        public void openFailed(TunnelConnection connection, ConnectFailure cause, String description) {}

        @Override
        public void ended(TunnelConnection connection, ConnectionEnd end) {}
    }
}
