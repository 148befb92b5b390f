package dev.sshtunnels.channel;

import java.nio.ByteBuffer;

/** One channel of a session, between the endpoint that holds the socket and the peer. */
final class MuxChannel implements Channel {

    private final ChannelTable table;
    private final int id;
    private final ChannelEndpoint endpoint;
    private final PeerSide peer;
    private final ReceiveWindow window;
    private final Dues dues;
    private final FairShare share = new FairShare();
    private boolean parked;

    private MuxChannel(ChannelTable table, PeerSide peer, Opening opening, ChannelEndpoint endpoint) {
        this.table = table;
        this.endpoint = endpoint;
        this.peer = peer;
        this.window = table.newWindow();
        this.id = table.add(this);
        this.dues = new Dues(table, this, id, peer, window, opening);
    }

    /** A channel that we open. */
    static MuxChannel outgoing(ChannelTable table, Opening opening, ChannelEndpoint endpoint) {
        return new MuxChannel(table, new PeerSide(), opening, endpoint).start();
    }

    /** A channel that the peer opened and we accept. */
    static MuxChannel incoming(ChannelTable table, PeerSide peer, ChannelEndpoint endpoint) {
        return new MuxChannel(table, peer, null, endpoint).start();
    }

    /** A session that ended meanwhile, while a target was dialled for example, tells its channels no more. */
    private MuxChannel start() {
        if (table.isLost()) {
            table.remove(id, this);
            lost();
        } else {
            dues.settle();
        }
        return this;
    }

    // ---- what the endpoint does

    @Override
    public int writable() {
        if (dues.phase() != ChannelPhase.OPEN || !dues.isSendingData() || peer.window() == 0) {
            return 0;
        }
        int room = table.takesData() ? Integer.MAX_VALUE : table.takesLittle() ? share.left(table.round()) : 0;
        if (room == 0) {
            park();
        }
        return (int) Math.min(peer.window(), room);
    }

    @Override
    public void write(ByteBuffer data) {
        while (data.hasRemaining() && dues.isSendingData() && peer.window() > 0) {
            int start = data.position();
            int length = peer.packetLength(data.remaining());
            if (!table.send(
                    table.packet(Message.CHANNEL_DATA).uint32(peer.number()).string(data, length))) {
                data.position(start);
                park();
                return;
            }
            peer.sent(length);
            share.take(table.round(), length);
        }
    }

    @Override
    public void sendEof() {
        dues.owesEof();
    }

    @Override
    public void close() {
        window.discard();
        dues.owesClose();
    }

    @Override
    public void consumed(int bytes) {
        window.consumed(bytes);
        if (window.isAdjustmentDue()) {
            dues.settle();
        }
    }

    // ---- what the peer sends

    void confirmed(long number, long initialWindow, int maxPacket) throws MalformedPacketException {
        requireOpening("a confirmation");
        peer.opened(number, initialWindow, maxPacket);
        dues.answered(ChannelPhase.OPEN);
        agreed();
        dues.settle();
    }

    /** Data may flow, unless the endpoint has lost interest. */
    void agreed() {
        if (dues.isSendingData()) {
            endpoint.opened(this);
        }
    }

    void refused(int reason, String description) throws MalformedPacketException {
        requireOpening("a refusal");
        dues.answered(ChannelPhase.FAILED);
        window.end();
        table.remove(id, this);
        endpoint.openFailed(reason, description);
    }

    void adjusted(long bytes) throws MalformedPacketException {
        requireOpen("a window adjustment");
        boolean wasClosed = peer.window() == 0;
        peer.adjusted(bytes);
        if (wasClosed && !parked) {
            endpoint.writable();
        }
    }

    void received(byte[] data, int offset, int length) throws MalformedPacketException {
        requireOpen("data");
        window.take(length);
        if (dues.isClosing()) {
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
        if (wantReply && !dues.isCloseSent()) {
            // It may wait for a key exchange, as may a close before it; nothing follows a close.
            table.sendOrDefer(() -> dues.isCloseSent()
                    || table.send(table.packet(Message.CHANNEL_FAILURE).uint32(peer.number())));
        }
    }

    void receivedClose() throws MalformedPacketException {
        requireOpen("a close");
        dues.closeReceived();
        window.end();
        endpoint.closed(false);
        dues.owesClose();
        dues.releaseIfDone();
    }

    void lost() {
        window.end();
        endpoint.closed(true);
    }

    // ---- waiting for the session

    private void park() {
        if (!parked) {
            parked = true;
            table.park(this);
        }
    }

    /** The session takes packets again. */
    void resume() {
        parked = false;
        if (dues.phase() == ChannelPhase.OPEN && dues.isSendingData()) {
            endpoint.writable();
        }
    }

    private void requireOpening(String what) throws MalformedPacketException {
        if (dues.phase() != ChannelPhase.OPEN_SENT) {
            throw new MalformedPacketException(what + " for channel " + id + ", which does not wait for one");
        }
    }

    private void requireOpen(String what) throws MalformedPacketException {
        if (!dues.isOpen()) {
            throw new MalformedPacketException(what + " for channel " + id + ", which is not open");
        }
    }
}
