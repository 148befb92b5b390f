package dev.sshtunnels.differential;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * One end of a forwarded connection: does what a script says, and notes what the connection shows it.
 *
 * <p>A failure of the connection is an observation like any other; the script goes on as a program would that ignores
 * it.
 */
final class Party {

    static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final int READ_SIZE = 256 << 10;

    private final Wire wire;
    private final Payload outgoing;
    private final Payload incoming;
    private final Signals signals;
    private final List<ConnectionEvent> seen;
    private final Progress progress;

    /** What one end does. */
    interface Script {
        void run(Party party) throws Exception;
    }

    /** How far the two streams of the connection are, in bytes; one thread each. */
    private static final class Progress {
        private long sent;
        private long received;
        private volatile boolean writeReset;
    }

    Party(Wire wire, Payload outgoing, Payload incoming, Signals signals) {
        this(wire, outgoing, incoming, signals, new Progress());
    }

    private Party(Wire wire, Payload outgoing, Payload incoming, Signals signals, Progress progress) {
        this.wire = wire;
        this.outgoing = outgoing;
        this.incoming = incoming;
        this.signals = signals;
        this.seen = new ArrayList<>();
        this.progress = progress;
    }

    /**
     * What was seen until now. Linux reports a RST once: when a write took the ECONNRESET, reads see the end of the
     * stream. After a real FIN a write would fail with EPIPE.
     */
    List<ConnectionEvent> seen() {
        return seen.stream()
                .map(one -> one == ConnectionEvent.FIN && progress.writeReset ? ConnectionEvent.RST : one)
                .toList();
    }

    // ---- sending

    void send(long bytes) {
        sendInPieces(bytes, Payload.MAX_PIECE);
    }

    /** Writes pieces of a size, at most {@link Payload#MAX_PIECE}. */
    void sendInPieces(long bytes, int piece) {
        try {
            for (long end = progress.sent + bytes; progress.sent < end; ) {
                int length = (int) Math.min(piece, end - progress.sent);
                wire.out().write(outgoing.array(), outgoing.index(progress.sent), length);
                progress.sent += length;
            }
        } catch (IOException e) {
            progress.writeReset |= String.valueOf(e.getMessage()).contains("reset");
            seen.add(ConnectionEvent.SEND_FAILED);
        }
    }

    /** Writes until that fails, as {@code yes} does. */
    void sendForever() {
        send(Long.MAX_VALUE - progress.sent);
    }

    /** Sends a FIN and goes on reading. */
    void finish() {
        try {
            wire.finish();
        } catch (IOException _) {
            seen.add(ConnectionEvent.SEND_FAILED);
        }
    }

    /** Ends with a RST. */
    void reset() throws IOException {
        wire.reset();
    }

    void close() throws IOException {
        wire.close();
    }

    // ---- receiving

    /** Reads a number of bytes, or fewer when the connection ends before. */
    void receive(long bytes) {
        MessageDigest digest = Payload.digest();
        long before = progress.received;
        ConnectionEvent end = read(bytes, digest, new Intact());
        if (progress.received > before) {
            seen.add(new ConnectionEvent.Received(
                    progress.received - before, HexFormat.of().formatHex(digest.digest())));
        }
        if (end != null) {
            seen.add(end);
        }
    }

    void receiveToEnd() {
        receive(Long.MAX_VALUE);
    }

    /** Reads to an end that may come anywhere in the stream. */
    void receiveBeginning() {
        Intact intact = new Intact();
        ConnectionEvent end = read(Long.MAX_VALUE, Payload.digest(), intact);
        seen.add(new ConnectionEvent.ReceivedBeginning(intact.yes));
        seen.add(end);
    }

    private static final class Intact {
        private boolean yes = true;
    }

    /** Null when all bytes came. */
    private ConnectionEvent read(long bytes, MessageDigest digest, Intact intact) {
        byte[] buffer = new byte[(int) Math.min(READ_SIZE, bytes)];
        try {
            for (long left = bytes; left > 0; ) {
                int length = wire.in().read(buffer, 0, (int) Math.min(buffer.length, left));
                if (length < 0) {
                    return ConnectionEvent.FIN;
                }
                digest.update(buffer, 0, length);
                intact.yes &= incoming.matches(progress.received, buffer, length);
                progress.received += length;
                left -= length;
            }
            return null;
        } catch (SocketTimeoutException _) {
            return new ConnectionEvent.Silence();
        } catch (IOException e) {
            return ConnectionEvent.RST;
        }
    }

    // ---- both, and order

    /** Does something on another thread meanwhile; what that sees comes after what this sees. */
    void meanwhile(Script other, Script own) throws Exception {
        Party second = new Party(wire, outgoing, incoming, signals, progress);
        CompletableFuture<Void> done = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                other.run(second);
                done.complete(null);
            } catch (Throwable e) {
                done.completeExceptionally(e);
            }
        });
        own.run(this);
        done.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        seen.addAll(second.seen);
    }

    void tell(String what) {
        signals.tell(what);
    }

    void await(String what) throws InterruptedException {
        signals.await(what);
    }
}
