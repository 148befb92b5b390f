package dev.sshtunnels.faults.inject;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/** One connection through a {@link FaultProxy}: a thread for each way. */
final class ProxiedConnection {

    private static final int BUFFER = 16 << 10;

    private final Socket client;
    private final Socket server = new Socket();
    private final ByteFault fault;
    private final Set<Way> frozen = EnumSet.noneOf(Way.class);
    private final AtomicLong toClient = new AtomicLong();
    private boolean forgotten;

    ProxiedConnection(Socket client, ByteFault fault, Set<Way> frozen) {
        this.client = client;
        this.fault = fault;
        this.frozen.addAll(frozen);
    }

    void connect(InetSocketAddress address) throws IOException {
        try {
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            server.connect(address);
        } catch (IOException e) {
            reset();
            throw e;
        }
        Thread.ofVirtual().name("to server").start(() -> carry(Way.TO_SERVER, client, server));
        Thread.ofVirtual().name("to client").start(() -> carry(Way.TO_CLIENT, server, client));
    }

    private void carry(Way way, Socket from, Socket to) {
        byte[] buffer = new byte[BUFFER];
        long place = 0;
        try {
            InputStream in = from.getInputStream();
            while (true) {
                awaitThaw(way);
                int bytes = in.read(buffer);
                awaitThaw(way);
                if (isForgotten()) {
                    abort(from);
                    return;
                }
                if (bytes < 0) {
                    to.shutdownOutput();
                    return;
                }
                pass(way, buffer, bytes, place, to);
                place += bytes;
            }
        } catch (IOException gone) {
            reset();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void pass(Way way, byte[] buffer, int bytes, long place, Socket to)
            throws IOException, InterruptedException {
        switch (fault) {
            case ByteFault.FlipBit(Way at, long offset)
            when at == way && offset >= place && offset < place + bytes -> buffer[(int) (offset - place)] ^= 1;
            case ByteFault.FreezeAfter(Way at, long limit)
            when at == way && place + bytes >= limit -> {
                to.getOutputStream().write(buffer, 0, (int) Math.max(0, limit - place));
                freeze(Way.TO_SERVER);
                freeze(Way.TO_CLIENT);
                awaitThaw(way);
                return;
            }
            case ByteFault.CutAfter(Way at, long limit)
            when at == way && place + bytes >= limit -> {
                to.getOutputStream().write(buffer, 0, (int) Math.max(0, limit - place));
                reset();
                return;
            }
            default -> {}
        }
        to.getOutputStream().write(buffer, 0, bytes);
        if (way == Way.TO_CLIENT) {
            toClient.addAndGet(bytes);
        }
    }

    /** Bytes of the server that went on to the client. */
    long toClient() {
        return toClient.get();
    }

    private synchronized void awaitThaw(Way way) throws InterruptedException {
        while (frozen.contains(way)) {
            wait();
        }
    }

    private synchronized boolean isForgotten() {
        return forgotten;
    }

    synchronized void freeze(Way way) {
        frozen.add(way);
    }

    synchronized void forget() {
        forgotten = true;
    }

    synchronized void reset() {
        abort(client);
        abort(server);
        frozen.clear();
        notifyAll();
    }

    private static void abort(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException _) {
            // It is gone already.
        }
    }
}
