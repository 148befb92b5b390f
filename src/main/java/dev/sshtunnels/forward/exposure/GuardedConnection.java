package dev.sshtunnels.forward.exposure;

import dev.sshtunnels.channel.Channel;
import dev.sshtunnels.channel.ChannelEndpoint;
import dev.sshtunnels.channel.Channels;
import dev.sshtunnels.channel.Originator;
import dev.sshtunnels.loop.EventLoop;
import dev.sshtunnels.loop.Timer;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.UUID;

/**
 * A connection at a remote listener that may be an agent's question: its first bytes are looked at on their way. A
 * question is answered here; a client's bytes go on as they came. Event loop only.
 */
final class GuardedConnection implements Channels.Incoming, ChannelEndpoint {

    /** An agent whose target is slow is alive all the same: who asks is not kept waiting for the target. */
    private static final Duration LISTEN_AT_LAST = Duration.ofMillis(300);

    /** A client does not stop in the middle of what begins like a question. */
    private static final Duration REST = Duration.ofMillis(250);

    private final EventLoop loop;
    private final Channels.Incoming incoming;
    private final IncomingConnections clients;
    private final Questions questions;
    private final byte[] start = new byte[ListenerProof.QUESTION];
    private final LateEndpoint client = new LateEndpoint();

    private Stage stage = Stage.LISTENING;
    private int startLength;
    private Timer timer;
    private boolean offered;
    private Channel channel;
    private ByteBuffer answer;

    private enum Stage {
        LISTENING,
        CLIENT,
        QUESTION,
        REFUSED
    }

    /** Knows questions and their answers. */
    interface Questions {
        /** As {@link ListenerProof#read}. */
        ListenerProof.Heard read(byte[] start, int length);

        byte[] answer(UUID nonce);
    }

    GuardedConnection(EventLoop loop, Channels.Incoming incoming, IncomingConnections clients, Questions questions) {
        this.loop = loop;
        this.incoming = incoming;
        this.clients = clients;
        this.questions = questions;
    }

    /** Lets it through at once. */
    void pass() {
        timer = loop.schedule(LISTEN_AT_LAST, this::listen);
        offer();
    }

    /** Keeps it from the target until its first bytes have come, or for a short while. */
    void hold(Duration atMost) {
        timer = loop.schedule(atMost, this::letThrough);
        listen();
    }

    /** It need not be kept any longer; what comes first is looked at all the same. */
    void letThrough() {
        if (stage == Stage.LISTENING && !offered) {
            offer();
        }
    }

    private void isClient() {
        if (stage == Stage.LISTENING) {
            stage = Stage.CLIENT;
            timer.cancel();
            if (!offered) {
                offer();
            }
            client.letBytesGo();
        }
    }

    private void listen() {
        if (channel == null) {
            channel = incoming.accept(this);
        }
    }

    private void offer() {
        offered = true;
        clients.incoming(this);
    }

    // ---- what the client's side does with it

    @Override
    public Originator originator() {
        return incoming.originator();
    }

    @Override
    public Channel accept(ChannelEndpoint endpoint) {
        if (channel == null) {
            timer.cancel();
            client.is(endpoint);
            channel = incoming.accept(this);
        } else {
            // As with a channel that is accepted now, it hears of it when it has the channel.
            loop.execute(() -> client.isAtLast(endpoint));
        }
        return channel;
    }

    @Override
    public void refuse(int reason, String description) {
        timer.cancel();
        if (channel == null) {
            incoming.refuse(reason, description);
        } else if (stage != Stage.QUESTION) {
            stage = Stage.REFUSED;
            client.dropBytes();
            channel.close();
        }
    }

    // ---- the channel

    @Override
    public void opened(Channel opened) {
        channel = opened;
        client.opened(opened);
    }

    @Override
    public void openFailed(int reason, String description) {
        throw new IllegalStateException("the server opened this channel itself");
    }

    @Override
    public void received(byte[] data, int offset, int length) {
        if (stage == Stage.LISTENING) {
            look(data, offset, length);
        }
        switch (stage) {
            case LISTENING, CLIENT -> client.received(data, offset, length);
            case QUESTION, REFUSED -> channel.consumed(length);
        }
    }

    private void look(byte[] data, int offset, int length) {
        int taken = Math.min(length, start.length - startLength);
        System.arraycopy(data, offset, start, startLength, taken);
        startLength += taken;
        switch (questions.read(start, startLength)) {
            case ListenerProof.Heard.Client _ -> isClient();
            case ListenerProof.Heard.Question(UUID nonce) -> answer(nonce);
            case ListenerProof.Heard.Incomplete _ -> {
                timer.cancel();
                timer = loop.schedule(REST, this::isClient);
            }
        }
    }

    private void answer(UUID nonce) {
        stage = Stage.QUESTION;
        timer.cancel();
        client.dropBytes();
        answer = ByteBuffer.wrap(questions.answer(nonce));
        say();
    }

    private void say() {
        channel.write(answer);
        if (!answer.hasRemaining()) {
            client.closed(false);
            channel.close();
        }
    }

    @Override
    public void writable() {
        if (stage == Stage.QUESTION) {
            say();
        } else {
            client.writable();
        }
    }

    @Override
    public void receivedEof() {
        isClient();
        client.receivedEof();
    }

    @Override
    public void closed(boolean lost) {
        timer.cancel();
        if (stage == Stage.LISTENING && !offered) {
            stage = Stage.REFUSED;
            client.dropBytes();
            // Not there yet when the session was lost before the channel could be accepted.
            if (channel != null) {
                channel.close();
            }
        }
        isClient();
        client.closed(lost);
    }
}
