package dev.sshtunnels.forward.remote;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sshtunnels.channel.Channel;
import dev.sshtunnels.channel.ChannelEndpoint;
import dev.sshtunnels.channel.Channels;
import dev.sshtunnels.channel.Originator;
import dev.sshtunnels.forward.DeafListener;
import dev.sshtunnels.forward.Forwarding;
import dev.sshtunnels.forward.connection.ForwardContext;
import dev.sshtunnels.forward.connection.SocketBuffers;
import dev.sshtunnels.forward.socket.DescriptorReserve;
import dev.sshtunnels.loop.EventLoop;
import dev.sshtunnels.testing.SilentTarget;
import dev.sshtunnels.tunnel.AllowedDestination;
import dev.sshtunnels.tunnel.SocksPolicy;
import dev.sshtunnels.tunnel.SocksRules;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a remote SOCKS client sends ahead of an answer counts against its session's windows, and must not do so for ever. */
@Timeout(20)
class RemoteSocksWindowTest {

    private static final int SENT_AHEAD = 50_000;

    private final EventLoop loop = new EventLoop("test-loop");
    private final ForwardContext context = new ForwardContext(loop, new SocketBuffers(), new DescriptorReserve());
    private final AcceptedChannel channel = new AcceptedChannel();

    @AfterEach
    void close() {
        loop.close();
    }

    @Test
    void aClientWhoseChannelIsClosedWhileItsTargetIsDialledHoldsNothing() throws Exception {
        try (SilentTarget target = new SilentTarget()) {
            askFor(target.port());
            assertThat(onLoop(channel::held)).isEqualTo(SENT_AHEAD);

            onLoop(() -> {
                channel.endpoint.closed(false);
                return null;
            });

            assertThat(onLoop(channel::held)).isZero();
        }
    }

    /** Else a server whose window is used up would not read on, and so not see that its client leaves. */
    @Test
    void aClientWhoseTargetIsNotReachedMaySendOn() throws Exception {
        askFor(Forwarding.freePort());

        await().untilAsserted(() -> assertThat(onLoop(channel::held)).isZero());
        assertThat(onLoop(() -> channel.closed))
                .as("it is to read the answer first")
                .isFalse();
    }

    /** SOCKS4 to 127.0.0.1, and bytes for the target at once. */
    private void askFor(int port) throws Exception {
        byte[] request = ByteBuffer.allocate(9)
                .put((byte) 4)
                .put((byte) 1)
                .putShort((short) port)
                .put(new byte[] {127, 0, 0, 1})
                .put((byte) 0)
                .array();
        SocksRules rules = new SocksRules(Optional.empty(), List.of(AllowedDestination.parse("*")));
        onLoop(() -> {
            new RemoteSocks(context, () -> new SocksPolicy.Serve(rules), new DeafListener()).incoming(channel);
            channel.arrive(request);
            channel.arrive("x".repeat(SENT_AHEAD).getBytes(US_ASCII));
            return null;
        });
    }

    private <T> T onLoop(Supplier<T> work) throws Exception {
        return CompletableFuture.supplyAsync(work, loop::execute).get();
    }

    /** A channel that the server opened, over a session that takes everything. */
    private static final class AcceptedChannel implements Channels.Incoming, Channel {

        private ChannelEndpoint endpoint;
        private int held;
        private boolean closed;

        void arrive(byte[] data) {
            held += data.length;
            endpoint.received(data, 0, data.length);
        }

        /** Bytes that count against the session's windows. */
        int held() {
            return held;
        }

        @Override
        public Originator originator() {
            return new Originator("127.0.0.1", 5555);
        }

        @Override
        public Channel accept(ChannelEndpoint accepted) {
            endpoint = accepted;
            return this;
        }

        @Override
        public void refuse(int reason, String description) {
            throw new AssertionError("refused: " + description);
        }

        @Override
        public void write(ByteBuffer data) {
            data.position(data.limit());
        }

        @Override
        public int writable() {
            return Integer.MAX_VALUE;
        }

        @Override
        public void sendEof() {}

        @Override
        public void close() {
            closed = true;
            held = 0;
        }

        @Override
        public void consumed(int bytes) {
            held -= bytes;
        }
    }
}
