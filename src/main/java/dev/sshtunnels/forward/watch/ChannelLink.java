package dev.sshtunnels.forward.watch;

import dev.sshtunnels.channel.Channel;
import dev.sshtunnels.channel.ChannelEndpoint;
import dev.sshtunnels.channel.Channels;
import dev.sshtunnels.forward.connection.RefusedByServer;
import dev.sshtunnels.forward.socket.ConnectFailure;
import dev.sshtunnels.loop.EventLoop;
import dev.sshtunnels.loop.Timer;
import dev.sshtunnels.tunnel.Destination;
import dev.sshtunnels.tunnel.Finding;
import dev.sshtunnels.tunnel.HostPort;
import dev.sshtunnels.tunnel.SocketPath;
import java.nio.ByteBuffer;
import java.time.Duration;

/** A probe's connection through the session, for the target of an L forward. */
public final class ChannelLink implements ProbeLink, ChannelEndpoint {

    /** How long a target may take to close after its probe has. */
    private static final Duration LAST_WORDS = Duration.ofSeconds(5);

    private final EventLoop loop;
    private final Destination target;
    private final Events events;
    private Channel channel;
    /** What the session did not take at once: while keys are exchanged it takes nothing. */
    private ByteBuffer unsent = ByteBuffer.allocate(0);

    private Timer end;
    private boolean over;

    private ChannelLink(EventLoop loop, Destination target, Events events) {
        this.loop = loop;
        this.target = target;
        this.events = events;
    }

    /** Links by channels of one session. */
    public static Opener opener(EventLoop loop, Channels channels, Destination target) {
        return new Opener() {
            @Override
            public ProbeLink open(Events events) {
                ChannelLink link = new ChannelLink(loop, target, events);
                link.channel = link.openOn(channels);
                return link;
            }

            @Override
            public Finding timedOut(String time) {
                return RefusedByServer.finding(target, ConnectFailure.TIMED_OUT, "");
            }
        };
    }

    /** The originator is this process itself, which has no port for it. */
    private Channel openOn(Channels channels) {
        return switch (target) {
            case HostPort(String host, int port) -> channels.openDirectTcpip(host, port, "127.0.0.1", 0, this);
            case SocketPath(String path) -> channels.openDirectStreamlocal(path, this);
        };
    }

    @Override
    public void send(byte[] bytes) {
        unsent = ByteBuffer.wrap(bytes);
        channel.write(unsent);
    }

    @Override
    public void finish(byte[] lastWords) {
        over = true;
        end = loop.schedule(LAST_WORDS, channel::close);
        if (!unsent.hasRemaining()) {
            unsent = ByteBuffer.wrap(lastWords);
        }
        writable();
    }

    @Override
    public void abort() {
        over = true;
        channel.close();
    }

    @Override
    public void opened(Channel open) {
        channel = open;
        if (over) {
            open.close();
        } else {
            events.connected();
        }
    }

    @Override
    public void openFailed(int reason, String description) {
        if (!over) {
            over = true;
            events.failed(RefusedByServer.finding(target, ConnectFailure.of(reason, description), description));
        }
    }

    @Override
    public void received(byte[] data, int offset, int length) {
        channel.consumed(length);
        if (!over) {
            events.received(data, offset, length);
        }
    }

    @Override
    public void writable() {
        channel.write(unsent);
        if (end != null && !unsent.hasRemaining()) {
            channel.sendEof();
        }
    }

    @Override
    public void receivedEof() {
        if (over) {
            channel.close();
        } else {
            events.ended();
        }
    }

    @Override
    public void closed(boolean lost) {
        if (end != null) {
            end.cancel();
        }
        if (over) {
            return;
        }
        over = true;
        if (lost) {
            events.lost();
        } else {
            events.ended();
        }
    }
}
