package dev.sshtunnels.channel;

/**
 * What a channel owes its peer beside data, as state and not as a queue: {@link #settle} sends whatever is due and can
 * be called again when a key exchange came between. So nothing piles up while the session may not send.
 */
final class Dues {

    private final ChannelTable table;
    private final MuxChannel channel;
    private final int id;
    private final PeerSide peer;
    private final ReceiveWindow window;
    private final Opening opening;
    private ChannelPhase phase;
    private SendingState sending = SendingState.DATA;
    private boolean closeReceived;
    private boolean deferred;

    /**
     * Owes the first message.
     *
     * @param opening what to ask for; null for a channel that the peer opened, which is owed a confirmation
     */
    Dues(ChannelTable table, MuxChannel channel, int id, PeerSide peer, ReceiveWindow window, Opening opening) {
        this.table = table;
        this.channel = channel;
        this.id = id;
        this.peer = peer;
        this.window = window;
        this.opening = opening;
        this.phase = opening == null ? ChannelPhase.CONFIRMATION_DUE : ChannelPhase.OPEN_DUE;
    }

    ChannelPhase phase() {
        return phase;
    }

    /** Both sides have agreed on the channel, and the peer has not closed it. */
    boolean isOpen() {
        return phase == ChannelPhase.OPEN && !closeReceived;
    }

    /** Whether nothing was said yet of an end of our direction. */
    boolean isSendingData() {
        return sending == SendingState.DATA;
    }

    boolean isClosing() {
        return sending.isClosing();
    }

    boolean isCloseSent() {
        return sending == SendingState.CLOSE_SENT;
    }

    /** The peer answered our opening. */
    void answered(ChannelPhase next) {
        phase = next;
    }

    void owesEof() {
        if (sending == SendingState.DATA) {
            sending = SendingState.EOF_DUE;
            settle();
        }
    }

    void owesClose() {
        if (!sending.isClosing()) {
            sending = SendingState.CLOSE_DUE;
            settle();
        }
    }

    void closeReceived() {
        closeReceived = true;
    }

    /** The number is free again when both sides have closed (RFC 4254 5.3). */
    void releaseIfDone() {
        if (closeReceived && isCloseSent()) {
            table.remove(id, channel);
        }
    }

    /** Sends what is due now, or as soon as the session takes it. */
    void settle() {
        if (!deferred && !sendAll()) {
            deferred = true;
            table.sendOrDefer(() -> {
                if (!sendAll()) {
                    return false;
                }
                deferred = false;
                return true;
            });
        }
    }

    /** Returns false when the session did not take a packet. */
    private boolean sendAll() {
        return sendOpening() && (phase != ChannelPhase.OPEN || sendAdjustment() && sendEnd());
    }

    private boolean sendOpening() {
        return switch (phase) {
            case OPEN_DUE ->
                sent(opening.writeTo(table.packet(Message.CHANNEL_OPEN), id, window.open()), ChannelPhase.OPEN_SENT);
            case CONFIRMATION_DUE -> sendConfirmation();
            case OPEN_SENT, OPEN, FAILED -> true;
        };
    }

    private boolean sendConfirmation() {
        PacketBuilder packet = table.packet(Message.CHANNEL_OPEN_CONFIRMATION)
                .uint32(peer.number())
                .uint32(id)
                .uint32(window.open())
                .uint32(Windows.MAX_PACKET);
        if (!sent(packet, ChannelPhase.OPEN)) {
            return false;
        }
        channel.agreed();
        return true;
    }

    private boolean sent(PacketBuilder packet, ChannelPhase next) {
        if (!table.send(packet)) {
            return false;
        }
        phase = next;
        return true;
    }

    private boolean sendAdjustment() {
        if (!window.isAdjustmentDue() || closeReceived || isCloseSent()) {
            return true;
        }
        if (!table.send(table.packet(Message.CHANNEL_WINDOW_ADJUST)
                .uint32(peer.number())
                .uint32(window.adjustment()))) {
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
        if (!table.send(table.packet(message).uint32(peer.number()))) {
            return false;
        }
        sending = next;
        releaseIfDone();
        return true;
    }
}
