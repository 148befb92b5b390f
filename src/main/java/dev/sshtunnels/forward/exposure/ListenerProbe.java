package dev.sshtunnels.forward.exposure;

import dev.sshtunnels.channel.Channel;
import dev.sshtunnels.channel.ChannelEndpoint;
import dev.sshtunnels.channel.Channels;
import dev.sshtunnels.forward.socket.ConnectFailure;
import dev.sshtunnels.loop.EventLoop;
import dev.sshtunnels.loop.Timer;
import dev.sshtunnels.tunnel.HostPort;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * One connection of the agent's own, through its session to a port of the server: asks who is there, ends its side, and
 * waits for the answer a short while. Event loop only.
 */
public final class ListenerProbe implements ChannelEndpoint {

    private static final Duration CONNECT = Duration.ofSeconds(3);
    private static final Duration ANSWER = Duration.ofSeconds(2);

    /** A target that speaks first may be heard before the answer. */
    private static final int LISTEN_TO = 4096;

    /** As {@code ssh -W}, which has no client's address to tell either (clientloop.c, client_setup_stdio_fwd). */
    private static final HostPort ORIGINATOR = new HostPort("127.0.0.1", 65_535);

    private final EventLoop loop;
    private final ByteBuffer question;
    private final byte[] answer;
    private final Consumer<ProbeOutcome> finished;
    private final ByteBuffer heard = ByteBuffer.allocate(LISTEN_TO);
    private Channel channel;
    private Timer timer;
    private boolean done;

    /** @param finished hears the outcome, once; never when the session ends first */
    public ListenerProbe(EventLoop loop, byte[] question, byte[] answer, Consumer<ProbeOutcome> finished) {
        this.loop = loop;
        this.question = ByteBuffer.wrap(question);
        this.answer = answer;
        this.finished = finished;
    }

    public void start(Channels channels, HostPort target) {
        timer = loop.schedule(CONNECT, () -> finish(new ProbeOutcome.NotConnected(ConnectFailure.TIMED_OUT)));
        channel = channels.openDirectTcpip(target.host(), target.port(), ORIGINATOR.host(), ORIGINATOR.port(), this);
    }

    @Override
    public void opened(Channel opened) {
        channel = opened;
        timer.cancel();
        timer = loop.schedule(ANSWER, () -> finish(new ProbeOutcome.Silent()));
        writable();
    }

    @Override
    public void openFailed(int reason, String description) {
        finish(new ProbeOutcome.NotConnected(ConnectFailure.of(reason, description)));
    }

    @Override
    public void writable() {
        if (question.hasRemaining()) {
            channel.write(question);
            if (!question.hasRemaining()) {
                channel.sendEof();
            }
        }
    }

    @Override
    public void received(byte[] data, int offset, int length) {
        channel.consumed(length);
        heard.put(data, offset, Math.min(length, heard.remaining()));
        if (hasAnswer()) {
            finish(new ProbeOutcome.Answered());
        } else if (!heard.hasRemaining()) {
            finish(new ProbeOutcome.Strange());
        }
    }

    private boolean hasAnswer() {
        for (int start = 0; start + answer.length <= heard.position(); start++) {
            if (heard.slice(start, answer.length).equals(ByteBuffer.wrap(answer))) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void receivedEof() {
        finish(new ProbeOutcome.Strange());
    }

    @Override
    public void closed(boolean lost) {
        if (lost) {
            done = true;
            timer.cancel();
        } else {
            finish(new ProbeOutcome.Strange());
        }
    }

    private void finish(ProbeOutcome outcome) {
        if (!done) {
            done = true;
            timer.cancel();
            if (channel != null) {
                channel.close();
            }
            finished.accept(outcome);
        }
    }
}
