package dev.sshtunnels.channel;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.function.BooleanSupplier;

/** The channels of one session by our number, and what they wait for. */
public final class ChannelTable implements Channels {

    private final PacketSink sink;
    private final List<MuxChannel> channels = new ArrayList<>();
    private final Queue<Integer> freeNumbers = new ArrayDeque<>();
    private final Queue<BooleanSupplier> deferred = new ArrayDeque<>();
    private List<MuxChannel> parked = new ArrayList<>();
    private final PacketView view = new PacketView();
    private final WindowBudget budget = new WindowBudget();
    private ForwardedTcpipHandler forwardedTcpip = (_, _, _, _, incoming) ->
            incoming.refuse(OpenFailure.ADMINISTRATIVELY_PROHIBITED, "no remote forward is in force");
    private boolean lost;

    public ChannelTable(PacketSink sink) {
        this.sink = sink;
    }

    @Override
    public Channel openDirectTcpip(
            String host, int port, String originatorHost, int originatorPort, ChannelEndpoint endpoint) {
        return MuxChannel.outgoing(this, new DirectTcpip(host, port, originatorHost, originatorPort), endpoint);
    }

    @Override
    public Channel openDirectStreamlocal(String path, ChannelEndpoint endpoint) {
        return MuxChannel.outgoing(this, new DirectStreamlocal(path), endpoint);
    }

    @Override
    public void onForwardedTcpip(ForwardedTcpipHandler handler) {
        forwardedTcpip = handler;
    }

    @Override
    public int open() {
        return channels.size() - freeNumbers.size();
    }

    /**
     * Handles one of the messages 90 to 100.
     *
     * @param offset where the payload behind the message number begins
     */
    public void receive(int message, byte[] payload, int offset, int length) throws MalformedPacketException {
        PacketView packet = view.of(payload, offset, length);
        if (message == Message.CHANNEL_OPEN) {
            receiveOpen(packet);
            return;
        }
        long number = packet.uint32();
        MuxChannel channel = number < channels.size() ? channels.get((int) number) : null;
        if (channel == null) {
            throw new MalformedPacketException(
                    "message " + message + " for channel " + number + ", which is not there");
        }
        switch (message) {
            case Message.CHANNEL_OPEN_CONFIRMATION ->
                channel.confirmed(packet.uint32(), packet.uint32(), maxPacket(packet.uint32()));
            case Message.CHANNEL_OPEN_FAILURE -> channel.refused((int) packet.uint32(), packet.string());
            case Message.CHANNEL_WINDOW_ADJUST -> channel.adjusted(packet.uint32());
            case Message.CHANNEL_DATA -> {
                int bytes = packet.stringLength();
                channel.received(packet.array(), packet.position(), bytes);
            }
            case Message.CHANNEL_EXTENDED_DATA -> {
                packet.uint32();
                channel.receivedExtended(packet.stringLength());
            }
            case Message.CHANNEL_EOF -> channel.receivedEof();
            case Message.CHANNEL_CLOSE -> channel.receivedClose();
            case Message.CHANNEL_REQUEST -> {
                packet.string();
                channel.receivedRequest(packet.bool());
            }
            default -> throw new MalformedPacketException("message " + message + ", which we never ask for");
        }
    }

    private void receiveOpen(PacketView packet) throws MalformedPacketException {
        String type = packet.string();
        PeerSide peer = new PeerSide();
        peer.opened(packet.uint32(), packet.uint32(), maxPacket(packet.uint32()));
        if (!type.equals("forwarded-tcpip")) {
            refuse(peer, OpenFailure.ADMINISTRATIVELY_PROHIBITED, "only forwarded-tcpip is accepted");
            return;
        }
        String listenHost = packet.string();
        int listenPort = (int) packet.uint32();
        Originator originator = new Originator(packet.string(), (int) packet.uint32());
        forwardedTcpip.incoming(
                listenHost, listenPort, originator.host(), originator.port(), new PeerOpening(peer, originator));
    }

    private void refuse(PeerSide peer, int reason, String description) {
        sendOrDefer(() -> send(packet(Message.CHANNEL_OPEN_FAILURE)
                .uint32(peer.number())
                .uint32(reason)
                .string(description)
                .string("")));
    }

    private static int maxPacket(long value) throws MalformedPacketException {
        if (value == 0) {
            throw new MalformedPacketException("a maximum packet size of 0");
        }
        return (int) Math.min(value, Integer.MAX_VALUE);
    }

    /** The session takes packets again: after a key exchange, or because its socket has room. */
    public void sendable() {
        while (!deferred.isEmpty()) {
            if (!deferred.peek().getAsBoolean()) {
                return;
            }
            deferred.poll();
        }
        if (!parked.isEmpty() && sink.takesData()) {
            List<MuxChannel> woken = parked;
            parked = new ArrayList<>();
            woken.forEach(MuxChannel::resume);
        }
    }

    /** Whether anything waits for {@link #sendable}. */
    public boolean waiting() {
        return !deferred.isEmpty() || !parked.isEmpty();
    }

    /** The session has ended: every channel ends with it. */
    public void lost() {
        lost = true;
        List<MuxChannel> all = channels.stream().filter(Objects::nonNull).toList();
        channels.clear();
        freeNumbers.clear();
        deferred.clear();
        parked.clear();
        all.forEach(MuxChannel::lost);
    }

    boolean isLost() {
        return lost;
    }

    ReceiveWindow newWindow() {
        return new ReceiveWindow(budget);
    }

    int add(MuxChannel channel) {
        Integer free = freeNumbers.poll();
        if (free != null) {
            channels.set(free, channel);
            return free;
        }
        channels.add(channel);
        return channels.size() - 1;
    }

    void remove(int number, MuxChannel channel) {
        if (number < channels.size() && channels.get(number) == channel) {
            channels.set(number, null);
            freeNumbers.add(number);
        }
    }

    boolean takesData() {
        return !lost && deferred.isEmpty() && sink.takesData();
    }

    boolean takesLittle() {
        return !lost && deferred.isEmpty() && sink.takesLittle();
    }

    long round() {
        return sink.round();
    }

    PacketBuilder packet(int message) {
        return sink.packet().begin(message);
    }

    /** The argument is the sink's builder, finished; it is there to make call sites read well. */
    boolean send(PacketBuilder finished) {
        return lost || finished == null || sink.send();
    }

    void sendOrDefer(BooleanSupplier send) {
        if (!deferred.isEmpty() || !send.getAsBoolean()) {
            deferred.add(send);
        }
    }

    void park(MuxChannel channel) {
        parked.add(channel);
    }

    /** A channel that the peer wants to open (RFC 4254 5.1). */
    private final class PeerOpening implements Incoming {

        private final PeerSide peer;
        private final Originator originator;

        PeerOpening(PeerSide peer, Originator originator) {
            this.peer = peer;
            this.originator = originator;
        }

        @Override
        public Originator originator() {
            return originator;
        }

        @Override
        public Channel accept(ChannelEndpoint endpoint) {
            return MuxChannel.incoming(ChannelTable.this, peer, endpoint);
        }

        @Override
        public void refuse(int reason, String description) {
            ChannelTable.this.refuse(peer, reason, description);
        }
    }
}
