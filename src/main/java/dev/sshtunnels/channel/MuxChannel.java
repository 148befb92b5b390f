package dev.sshtunnels.channel;

import java.nio.ByteBuffer;

/**
 * One channel of a session.
 *
 * <p>What it owes the peer is state, not a queue: {@link #settle} sends whatever is due and can be called again when a
 * key exchange came between. So nothing piles up while the session may not send.
 */
final class MuxChannel implements Channel {

    /** From the first message to the last (RFC 4254 5.1, 5.3). */
    private enum Phase {
        OPEN_DUE,
        OPEN_SENT,
        CONFIRMATION_DUE,
        OPEN,
        FAILED
    }

    /** Our direction. */
    private enum Sending {
        DATA,
        EOF_DUE,
        EOF_SENT,
        CLOSE_DUE,
        CLOSE_SENT
    }

    /** What is told when a {@code direct-tcpip} channel is opened. */
    record Opening(String host, int port, String originatorHost, int originatorPort) {}

    private final ChannelTable table;
    private final int id;
    private final ChannelEndpoint endpoint;
    private Opening opening;
    private Phase phase;
    private Sending sending = Sending.DATA;
    private boolean closeReceived;
    private long peerId;
    private long peerWindow;
    private int peerMaxPacket;
    private int window = Windows.INITIAL_WINDOW;
    private int consumed;
    private boolean deferred;
    private boolean parked;

    private MuxChannel(ChannelTable table, ChannelEndpoint endpoint, Phase phase) {
        this.table = table;
        this.endpoint = endpoint;
        this.phase = phase;
        this.id = table.add(this);
    }

    /** A channel that we open. */
    static MuxChannel outgoing(ChannelTable table, Opening opening, ChannelEndpoint endpoint) {
        MuxChannel channel = new MuxChannel(table, endpoint, Phase.OPEN_DUE);
        channel.opening = opening;
        channel.settle();
        return channel;
    }

    /** A channel that the peer opened and we accept. */
    static MuxChannel incoming(
            ChannelTable table, long peerId, long peerWindow, int peerMaxPacket, ChannelEndpoint endpoint) {
        MuxChannel channel = new MuxChannel(table, endpoint, Phase.CONFIRMATION_DUE);
        channel.peer(peerId, peerWindow, peerMaxPacket);
        channel.settle();
        return channel;
    }

    private void peer(long number, long initialWindow, int maxPacket) {
        peerId = number;
        peerWindow = initialWindow;
        peerMaxPacket = Math.min(maxPacket, Windows.MAX_PACKET);
    }

    // ---- what the endpoint does

    @Override
    public int writable() {
        if (phase != Phase.OPEN || sending != Sending.DATA || peerWindow == 0) {
            return 0;
        }
        if (!table.takesData()) {
            park();
            return 0;
        }
        return (int) Math.min(peerWindow, Integer.MAX_VALUE);
    }

    @Override
    public void write(ByteBuffer data) {
        while (data.hasRemaining() && sending == Sending.DATA && peerWindow > 0) {
            int start = data.position();
            int length = (int) Math.min(Math.min(data.remaining(), peerMaxPacket), peerWindow);
            if (!table.send(table.packet(Message.CHANNEL_DATA).uint32(peerId).string(data, length))) {
                data.position(start);
                park();
                return;
            }
            peerWindow -= length;
        }
    }

    @Override
    public void sendEof() {
        if (sending == Sending.DATA) {
            sending = Sending.EOF_DUE;
            settle();
        }
    }

    @Override
    public void close() {
        if (sending != Sending.CLOSE_DUE && sending != Sending.CLOSE_SENT) {
            sending = Sending.CLOSE_DUE;
            settle();
        }
    }

    @Override
    public void consumed(int bytes) {
        consumed += bytes;
        if (consumed >= Windows.ADJUST_THRESHOLD) {
            settle();
        }
    }

    // ---- what the peer sends

    void confirmed(long number, long initialWindow, int maxPacket) throws MalformedPacketException {
        requirePhase(Phase.OPEN_SENT, "a confirmation");
        peer(number, initialWindow, maxPacket);
        phase = Phase.OPEN;
        if (sending == Sending.DATA) {
            endpoint.opened(this);
        }
        settle();
    }

    void refused(int reason, String description) throws MalformedPacketException {
        requirePhase(Phase.OPEN_SENT, "a refusal");
        phase = Phase.FAILED;
        table.remove(id, this);
        endpoint.openFailed(reason, description);
    }

    void adjusted(long bytes) throws MalformedPacketException {
        requireOpen("a window adjustment");
        boolean wasClosed = peerWindow == 0;
        peerWindow += bytes;
        if (peerWindow > 0xffff_ffffL) {
            throw new MalformedPacketException("the window of channel " + id + " grew beyond 2^32-1");
        }
        if (wasClosed && !parked) {
            endpoint.writable();
        }
    }

    void received(byte[] data, int offset, int length) throws MalformedPacketException {
        requireOpen("data");
        if (length > window) {
            throw new MalformedPacketException("the peer overran the window of channel " + id);
        }
        window -= length;
        if (sending != Sending.CLOSE_DUE && sending != Sending.CLOSE_SENT) {
            endpoint.received(data, offset, length);
        }
    }

    /** Standard error has no place in a forwarded connection; its bytes only count against the window. */
    void receivedExtended(int length) throws MalformedPacketException {
        requireOpen("extended data");
        if (length > window) {
            throw new MalformedPacketException("the peer overran the window of channel " + id);
        }
        window -= length;
        consumed(length);
    }

    void receivedEof() throws MalformedPacketException {
        requireOpen("an EOF");
        endpoint.receivedEof();
    }

    void receivedRequest(boolean wantReply) throws MalformedPacketException {
        requireOpen("a request");
        if (wantReply && sending != Sending.CLOSE_SENT) {
            table.sendOrDefer(
                    () -> table.send(table.packet(Message.CHANNEL_FAILURE).uint32(peerId)));
        }
    }

    void receivedClose() throws MalformedPacketException {
        requireOpen("a close");
        closeReceived = true;
        endpoint.closed(false);
        close();
        releaseIfDone();
    }

    void lost() {
        endpoint.closed(true);
    }

    // ---- what is due

    /** The session takes packets again. */
    void resume() {
        parked = false;
        if (phase == Phase.OPEN && sending == Sending.DATA) {
            endpoint.writable();
        }
    }

    private void park() {
        if (!parked) {
            parked = true;
            table.park(this);
        }
    }

    private void settle() {
        if (!deferred && !sendDue()) {
            deferred = true;
            table.sendOrDefer(() -> {
                if (!sendDue()) {
                    return false;
                }
                deferred = false;
                return true;
            });
        }
    }

    /** Returns false when the session did not take a packet. */
    private boolean sendDue() {
        return sendOpening() && (phase != Phase.OPEN || sendAdjustment() && sendEnd());
    }

    private boolean sendOpening() {
        return switch (phase) {
            case OPEN_DUE -> sent(openPacket(), Phase.OPEN_SENT);
            case CONFIRMATION_DUE ->
                sent(
                        table.packet(Message.CHANNEL_OPEN_CONFIRMATION)
                                .uint32(peerId)
                                .uint32(id)
                                .uint32(Windows.INITIAL_WINDOW)
                                .uint32(Windows.MAX_PACKET),
                        Phase.OPEN);
            case OPEN_SENT, OPEN, FAILED -> true;
        };
    }

    private PacketBuilder openPacket() {
        return table.packet(Message.CHANNEL_OPEN)
                .string("direct-tcpip")
                .uint32(id)
                .uint32(Windows.INITIAL_WINDOW)
                .uint32(Windows.MAX_PACKET)
                .string(opening.host())
                .uint32(opening.port())
                .string(opening.originatorHost())
                .uint32(opening.originatorPort());
    }

    private boolean sent(PacketBuilder packet, Phase next) {
        if (!table.send(packet)) {
            return false;
        }
        boolean confirmed = phase == Phase.CONFIRMATION_DUE;
        phase = next;
        if (confirmed && sending == Sending.DATA) {
            endpoint.opened(this);
        }
        return true;
    }

    private boolean sendAdjustment() {
        if (consumed < Windows.ADJUST_THRESHOLD || closeReceived || sending == Sending.CLOSE_SENT) {
            return true;
        }
        if (!table.send(
                table.packet(Message.CHANNEL_WINDOW_ADJUST).uint32(peerId).uint32(consumed))) {
            return false;
        }
        window += consumed;
        consumed = 0;
        return true;
    }

    private boolean sendEnd() {
        return switch (sending) {
            case EOF_DUE -> sentEnd(Message.CHANNEL_EOF, Sending.EOF_SENT);
            case CLOSE_DUE -> sentEnd(Message.CHANNEL_CLOSE, Sending.CLOSE_SENT);
            case DATA, EOF_SENT, CLOSE_SENT -> true;
        };
    }

    private boolean sentEnd(int message, Sending next) {
        if (!table.send(table.packet(message).uint32(peerId))) {
            return false;
        }
        sending = next;
        releaseIfDone();
        return true;
    }

    /** The number is free again when both sides have closed (RFC 4254 5.3). */
    private void releaseIfDone() {
        if (closeReceived && sending == Sending.CLOSE_SENT) {
            table.remove(id, this);
        }
    }

    private void requirePhase(Phase expected, String what) throws MalformedPacketException {
        if (phase != expected) {
            throw new MalformedPacketException(what + " for channel " + id + ", which does not wait for one");
        }
    }

    private void requireOpen(String what) throws MalformedPacketException {
        if (phase != Phase.OPEN || closeReceived) {
            throw new MalformedPacketException(what + " for channel " + id + ", which is not open");
        }
    }
}
