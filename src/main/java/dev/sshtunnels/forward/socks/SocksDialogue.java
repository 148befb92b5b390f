package dev.sshtunnels.forward.socks;

import dev.sshtunnels.forward.connection.OpenReply;
import dev.sshtunnels.forward.contract.ForwardListener;
import dev.sshtunnels.forward.contract.SocksRefusal;
import dev.sshtunnels.forward.socket.ConnectFailure;
import dev.sshtunnels.forward.socks.SocksHandshake.Step;
import dev.sshtunnels.loop.EventLoop;
import dev.sshtunnels.loop.Timer;
import dev.sshtunnels.tunnel.HostPort;
import dev.sshtunnels.tunnel.SocksRules;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;

/** Leads a SOCKS handshake with one client, whatever carries its bytes; event loop only. */
public final class SocksDialogue {

    /** From the beginning to the request, however the bytes trickle in. */
    static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final SocksHandshake handshake;
    private final Carrier carrier;
    private final ForwardListener listener;
    private final ByteBuffer arrived = ByteBuffer.allocate(2 * SocksHandshake.MAX_BYTES);
    private Timer timer;

    /** What carries the bytes: a socket, or a channel. */
    public interface Carrier {

        void send(byte[] bytes) throws IOException;

        /**
         * The client is understood: the dialogue is over.
         *
         * @param early what it has sent behind its request
         */
        void connect(HostPort target, OpenReply reply, ByteBuffer early);

        /**
         * The client is turned away: the dialogue is over.
         *
         * @param lastWords what it is told before the end; may be empty
         */
        void refuse(byte[] lastWords);
    }

    public SocksDialogue(SocksRules rules, Carrier carrier, ForwardListener listener) {
        this.handshake = new SocksHandshake(rules);
        this.carrier = carrier;
        this.listener = listener;
    }

    public void start(EventLoop loop) {
        timer = loop.schedule(TIMEOUT, () -> refuse(new byte[0], SocksRefusal.HandshakeTimeout));
    }

    /** Where arriving bytes are put before {@link #advance}; it has room while the dialogue goes on. */
    public ByteBuffer arrived() {
        return arrived;
    }

    /** Acts on what has arrived. */
    public void advance() throws IOException {
        arrived.flip();
        Step step = handshake.next(arrived);
        while (step instanceof Step.Answer(byte[] bytes)) {
            carrier.send(bytes);
            step = handshake.next(arrived);
        }
        switch (step) {
            case Step.More _ -> arrived.compact();
            case Step.Connect(HostPort target, OpenReply reply) -> {
                stop();
                carrier.connect(target, counted(reply), arrived);
            }
            case Step.Refuse(byte[] lastWords, SocksRefusal cause) -> refuse(lastWords, cause);
            case Step.Answer _ -> throw new IllegalStateException("answers were sent above");
        }
    }

    private void refuse(byte[] lastWords, SocksRefusal cause) {
        stop();
        listener.socksRefused(cause);
        count(ByteBuffer.wrap(lastWords));
        carrier.refuse(lastWords);
    }

    private OpenReply counted(OpenReply reply) {
        return new OpenReply() {
            @Override
            public ByteBuffer opened() {
                return reply.opened();
            }

            @Override
            public ByteBuffer failed(ConnectFailure cause) {
                ByteBuffer said = reply.failed(cause);
                count(said);
                return said;
            }
        };
    }

    private void count(ByteBuffer said) {
        SocksReply.code(said).ifPresent(listener::socksFailed);
    }

    /** The client has left. */
    public void stop() {
        timer.cancel();
    }
}
