package dev.sshtunnels.forward.local;

import dev.sshtunnels.forward.connection.OpenReply;
import dev.sshtunnels.forward.contract.ForwardListener;
import dev.sshtunnels.forward.socket.LingeringClose;
import dev.sshtunnels.forward.socket.SocketEnd;
import dev.sshtunnels.forward.socks.SocksDialogue;
import dev.sshtunnels.loop.EventLoop;
import dev.sshtunnels.loop.ReadyHandler;
import dev.sshtunnels.tunnel.HostPort;
import dev.sshtunnels.tunnel.SocksRules;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

/** Talks SOCKS with one client of a D listener until its target is known. */
public final class SocksNegotiation implements ReadyHandler, SocksDialogue.Carrier {

    private final AdmittedClient admitted;
    private final SocketChannel client;
    private final EventLoop loop;
    private final LocalConnections connections;
    private final SocksDialogue dialogue;
    private SelectionKey key;

    public SocksNegotiation(
            AdmittedClient admitted,
            EventLoop loop,
            LocalConnections connections,
            SocksRules rules,
            ForwardListener listener) {
        this.admitted = admitted;
        this.client = admitted.socket();
        this.loop = loop;
        this.connections = connections;
        this.dialogue = new SocksDialogue(rules, this, listener);
    }

    public void start() {
        dialogue.start(loop);
        try {
            key = loop.register(client, SelectionKey.OP_READ, this);
        } catch (IOException e) {
            failed(e);
        }
    }

    @Override
    public void ready(int operations) throws IOException {
        if (client.read(dialogue.arrived()) < 0) {
            failed(null);
            return;
        }
        dialogue.advance();
    }

    /** Answers are a few bytes on a socket that has sent nothing yet: it takes them. */
    @Override
    public void send(byte[] bytes) throws IOException {
        ByteBuffer data = ByteBuffer.wrap(bytes);
        client.write(data);
        if (data.hasRemaining()) {
            throw new IOException("the client does not take a SOCKS reply");
        }
    }

    @Override
    public void connect(HostPort target, OpenReply reply, ByteBuffer early) {
        key.interestOps(0);
        connections.open(admitted, target, reply, early);
    }

    @Override
    public void refuse(byte[] lastWords) {
        if (lastWords.length == 0) {
            close();
        } else {
            LingeringClose.start(client, ByteBuffer.wrap(lastWords), loop, this::close);
        }
    }

    @Override
    public void failed(Exception cause) {
        dialogue.stop();
        close();
    }

    private void close() {
        SocketEnd.close(client);
        admitted.left();
    }
}
