package dev.sshtunnels.channel;

import java.nio.ByteBuffer;

/**
 * One channel of a session.
 *
 * <p>What it owes the peer is state, not a queue: {@link #settle} sends whatever is due and can be called again when a
 * key exchange came between. So nothing piles up while the session may not send.
 */
final class MuxChannel implements Channel {

    private final ChannelTable table;
    private final int id;
    private final ChannelEndpoint endpoint;
    private Opening opening;
    private ChannelPhase phase;
    private SendingState sending = SendingState.DATA;
    private boolean closeReceived;
    private long peerId;
    private long peerWindow;
    private int peerMaxPacket;
    private final ReceiveWindow window;
    private boolean deferred;
    private boolean parked;

    private MuxChannel(ChannelTable table, ChannelEndpoint endpoint, ChannelPhase phase) {
        this.table = table;
        this.endpoint = endpoint;
        this.phase = phase;
        this.window = table.newWindow();
        this.id = table.add(this);
    }

    /** A channel that we open. */
    static MuxChannel outgoing(ChannelTable table, Opening opening, ChannelEndpoint endpoint) {
        MuxChannel channel = new MuxChannel(table, endpoint, ChannelPhase.OPEN_DUE);
        channel.opening = opening;
        return channel.start();
    }

    /** A channel that the peer opened and we accept. */
    static MuxChannel incoming(
            ChannelTable table, long peerId, long peerWindow, int peerMaxPacket, ChannelEndpoint endpoint) {
        MuxChannel channel = new MuxChannel(table, endpoint, ChannelPhase.CONFIRMATION_DUE);
        channel.peer(peerId, peerWindow, peerMaxPacket);
        return channel.start();
    }

    /** A session that ended meanwhile, while a target was dialled for example, tells its channels no more. */
    private MuxChannel start() {
        if (table.isLost()) {
            table.remove(id, this);
            lost();
        } else {
            settle();
        }
        return this;
    }

    private void peer(long number, long initialWindow, int maxPacket) {
        peerId = number;
        peerWindow = initialWindow;
        peerMaxPacket = Math.min(maxPacket, Windows.MAX_PACKET);
    }

    // ---- what the endpoint does

    @Override
    public int writable() {
        if (phase != ChannelPhase.OPEN || sending != SendingState.DATA || peerWindow == 0) {
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
        while (data.hasRemaining() && sending == SendingState.DATA && peerWindow > 0) {
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
        if (sending == SendingState.DATA) {
            sending = SendingState.EOF_DUE;
            settle();
        }
    }

    @Override
    public void close() {
        window.discard();
        sendClose();
    }

    private void sendClose() {
        if (!sending.isClosing()) {
            sending = SendingState.CLOSE_DUE;
            settle();
        }
    }

    @Override
    public void consumed(int bytes) {
        window.consumed(bytes);
        if (window.isAdjustmentDue()) {
            settle();
        }
    }

    // ---- what the peer sends

    void confirmed(long number, long initialWindow, int maxPacket) throws MalformedPacketException {
        requirePhase(ChannelPhase.OPEN_SENT, "a confirmation");
        peer(number, initialWindow, maxPacket);
        phase = ChannelPhase.OPEN;
        if (sending == SendingState.DATA) {
            endpoint.opened(this);
        }
        settle();
    }

    void refused(int reason, String description) throws MalformedPacketException {
        requirePhase(ChannelPhase.OPEN_SENT, "a refusal");
        phase = ChannelPhase.FAILED;
        window.end();
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
        window.take(length);
        if (sending.isClosing()) {
            window.discard();
        } else {
            endpoint.received(data, offset, length);
        }
    }

    /** Standard error has no place in a forwarded connection; its bytes only count against the window. */
    void receivedExtended(int length) throws MalformedPacketException {
        requireOpen("extended data");
        window.take(length);
        consumed(length);
    }

    void receivedEof() throws MalformedPacketException {
        requireOpen("an EOF");
        endpoint.receivedEof();
    }

    void receivedRequest(boolean wantReply) throws MalformedPacketException {
        requireOpen("a request");
        if (wantReply && sending != SendingState.CLOSE_SENT) {
            table.sendOrDefer(
                    () -> table.send(table.packet(Message.CHANNEL_FAILURE).uint32(peerId)));
        }
    }

    void receivedClose() throws MalformedPacketException {
        requireOpen("a close");
        closeReceived = true;
        window.end();
        endpoint.closed(false);
        sendClose();
        releaseIfDone();
    }

    void lost() {
        window.end();
        endpoint.closed(true);
    }

    // ---- what is due

    /** The session takes packets again. */
    void resume() {
        parked = false;
        if (phase == ChannelPhase.OPEN && sending == SendingState.DATA) {
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
        return sendOpening() && (phase != ChannelPhase.OPEN || sendAdjustment() && sendEnd());
    }

    private boolean sendOpening() {
        return switch (phase) {
            case OPEN_DUE ->
                sent(opening.writeTo(table.packet(Message.CHANNEL_OPEN), id, window.open()), ChannelPhase.OPEN_SENT);
            case CONFIRMATION_DUE ->
                sent(
                        table.packet(Message.CHANNEL_OPEN_CONFIRMATION)
                                .uint32(peerId)
                                .uint32(id)
                                .uint32(window.open())
                                .uint32(Windows.MAX_PACKET),
                        ChannelPhase.OPEN);
            case OPEN_SENT, OPEN, FAILED -> true;
        };
    }

    private boolean sent(PacketBuilder packet, ChannelPhase next) {
        if (!table.send(packet)) {
            return false;
        }
        boolean confirmed = phase == ChannelPhase.CONFIRMATION_DUE;
        phase = next;
        if (confirmed && sending == SendingState.DATA) {
            endpoint.opened(this);
        }
        return true;
    }

    private boolean sendAdjustment() {
        if (!window.isAdjustmentDue() || closeReceived || sending == SendingState.CLOSE_SENT) {
            return true;
        }
        if (!table.send(
                table.packet(Message.CHANNEL_WINDOW_ADJUST).uint32(peerId).uint32(window.adjustment()))) {
            return false;
        }
        window.adjusted();
        return true;
    }

    private boolean sendEnd() {
        return switch (sending) {
            case EOF_DUE -> sentEnd(Message.CHANNEL_EOF, SendingState.EOF_SENT);
            case CLOSE_DUE -> sentEnd(Message.CHANNEL_CLOSE, SendingState.CLOSE_SENT);
            case DATA, EOF_SENT, CLOSE_SENT -> true;
        };
    }

    private boolean sentEnd(int message, SendingState next) {
        if (!table.send(table.packet(message).uint32(peerId))) {
            return false;
        }
        sending = next;
        releaseIfDone();
        return true;
    }

    /** The number is free again when both sides have closed (RFC 4254 5.3). */
    private void releaseIfDone() {
        if (closeReceived && sending == SendingState.CLOSE_SENT) {
            table.remove(id, this);
        }
    }

    private void requirePhase(ChannelPhase expected, String what) throws MalformedPacketException {
        if (phase != expected) {
            throw new MalformedPacketException(what + " for channel " + id + ", which does not wait for one");
        }
    }

    private void requireOpen(String what) throws MalformedPacketException {
        if (phase != ChannelPhase.OPEN || closeReceived) {
            throw new MalformedPacketException(what + " for channel " + id + ", which is not open");
        }
    }
}
