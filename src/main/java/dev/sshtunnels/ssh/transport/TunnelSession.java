package dev.sshtunnels.ssh.transport;

import dev.sshtunnels.channel.ChannelTable;
import dev.sshtunnels.channel.Channels;
import dev.sshtunnels.channel.Message;
import dev.sshtunnels.channel.PacketBuilder;
import dev.sshtunnels.channel.PacketSink;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.locks.Lock;
import org.apache.sshd.client.ClientFactoryManager;
import org.apache.sshd.client.session.ClientSessionImpl;
import org.apache.sshd.common.cipher.Cipher;
import org.apache.sshd.common.io.IoSession;
import org.apache.sshd.common.session.helpers.KeyExchangeMessageHandler;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;

/**
 * MINA's client session with framing and channels of ours.
 *
 * <p>Members of MINA 2.20.0 that are not its public interface and that this class leans on: the cipher and MAC state
 * ({@code inCipher inCipherSize inMac inMacSize outCipher seqi seqo}), the counters for rekeying
 * ({@code in/outPacketsCount in/outBytesCount in/outBlocksCount}), and {@code kexState initialKexDone encodeLock encode
 * decode handleMessage validateIncomingMac checkRekey isRekeyRequired isRekeyDataSizeExceeded
 * initializeKeyExchangeMessageHandler}.
 */
public final class TunnelSession extends ClientSessionImpl implements PacketSink, TunnelTransport {

    private final LoopIoSession socket;
    private final PacketDecoder decoder = new PacketDecoder(this);
    private final PacketBuilder builder = new PacketBuilder();
    private final Padding padding = new Padding();
    private final ChannelTable channels = new ChannelTable(this);
    private final InFlight inFlight = new InFlight();
    private volatile long lastInboundNanos = System.nanoTime();

    public TunnelSession(ClientFactoryManager client, IoSession socket) throws Exception {
        super(client, socket);
        this.socket = (LoopIoSession) socket;
    }

    @Override
    protected KeyExchangeMessageHandler initializeKeyExchangeMessageHandler() {
        return new KexGate(this, log);
    }

    @Override
    public Channels channels() {
        return channels;
    }

    @Override
    public long lastInboundNanos() {
        return lastInboundNanos;
    }

    // ---- from the server; event loop

    /** Takes all bytes of the buffer. */
    void bytesReceived(ByteBuffer in) throws Exception {
        lastInboundNanos = System.nanoTime();
        while (in.hasRemaining() && getServerVersion() == null) {
            byte[] line = Identification.nextLine(in);
            messageReceived(new ByteArrayBuffer(line));
        }
        decoder.decode(in);
    }

    /** MINA's own decoder sees the identification only, and never more than its lines. */
    @Override
    protected void decode() {}

    void packetReceived(byte[] packet, int payload, int payloadLength, int sealedBytes) throws Exception {
        seqi = seqi + 1 & 0xffff_ffffL;
        inPacketsCount.incrementAndGet();
        inBytesCount.addAndGet(payloadLength);
        inBlocksCount.addAndGet(Math.max(1, sealedBytes / inCipherSize));
        int message = packet[payload] & 0xff;
        if (Message.isOfChannels(message) && isLoggedIn()) {
            channels.receive(message, packet, payload + 1, payloadLength - 1);
        } else {
            handleMessage(new ByteArrayBuffer(Arrays.copyOfRange(packet, payload, payload + payloadLength)));
        }
        renewKeysAtLimit();
    }

    Cipher inCipher() {
        return inCipher;
    }

    int inBlockSize() {
        return inCipherSize;
    }

    int inTagSize() {
        return inCipher == null ? 0 : inCipher.getAuthenticationTagSize();
    }

    int inMacSize() {
        return inMac == null ? 0 : inMacSize;
    }

    boolean inEncryptThenMac() {
        return inMac != null && inMac.isEncryptThenMac();
    }

    void verifyMac(byte[] packet, int length) throws Exception {
        validateIncomingMac(packet, 0, length);
    }

    // ---- to the server; event loop

    @Override
    public PacketBuilder packet() {
        return builder;
    }

    @Override
    public boolean takesData() {
        return takesLittle() && !inFlight.isFull(System.nanoTime());
    }

    @Override
    public boolean takesLittle() {
        return !socket.isFull() && gate().isOpen(kexState.get());
    }

    @Override
    public long round() {
        return inFlight.round();
    }

    @Override
    public boolean send() {
        Lock sealing = gate().sealing();
        sealing.lock();
        try {
            if (!gate().isOpen(kexState.get())) {
                return false;
            }
            encodeLock.lock();
            try {
                seal();
            } finally {
                encodeLock.unlock();
            }
        } catch (Exception e) {
            // Nothing can be sent any more once a packet was lost between two sequence numbers.
            socket.failed(e);
        } finally {
            sealing.unlock();
        }
        inFlight.sent(builder.payloadLength());
        long now = System.nanoTime();
        if (inFlight.isMarkDue(now)) {
            inFlight.marked(now);
            ask(() -> inFlight.answered(System.nanoTime()));
        }
        socket.flushIfMuch();
        try {
            renewKeysAtLimit();
        } catch (Exception e) {
            socket.failed(e);
        }
        return true;
    }

    /** After the packet that reaches the limit, as OpenSSH does: a turn of the loop may carry many more. */
    private void renewKeysAtLimit() throws Exception {
        if (isRekeyDataSizeExceeded()) {
            checkRekey();
        }
    }

    /** Never before the login, as ssh (packet.c, ssh_packet_need_rekeying): sshd then answers UNIMPLEMENTED only. */
    @Override
    protected boolean isRekeyRequired() {
        return isLoggedIn() && socket.isLoopThread() && super.isRekeyRequired();
    }

    private boolean isLoggedIn() {
        return initialKexDone && isAuthenticated();
    }

    @Override
    public void ask(Runnable answered) {
        try {
            Question.ask(this, answered);
        } catch (IOException e) {
            socket.failed(e);
        }
    }

    private void seal() throws Exception {
        byte[] array = builder.array();
        int payload = builder.payloadLength();
        if (!(outCipher instanceof AesGcm gcm)) {
            ByteArrayBuffer plain = new ByteArrayBuffer(array, 0, array.length, false);
            plain.rpos(PacketBuilder.HEADER);
            plain.wpos(PacketBuilder.HEADER + payload);
            var packet = encode(plain);
            socket.append(packet.array(), packet.rpos(), packet.available());
            return;
        }
        int length = padding.frame(array, payload, gcm.getCipherBlockSize());
        gcm.seal(array, length);
        socket.append(array, 0, Integer.BYTES + length + gcm.getAuthenticationTagSize());
        seqo = seqo + 1 & 0xffff_ffffL;
        outPacketsCount.incrementAndGet();
        outBytesCount.addAndGet(length);
        outBlocksCount.addAndGet(Math.max(1, length / gcm.getCipherBlockSize()));
    }

    /** Sends what waited, and renews keys when it is time. */
    void endTurn() throws Exception {
        checkRekey();
        if (waits() && takesLittle()) {
            channels.sendable();
        }
    }

    boolean waits() {
        return channels.waiting();
    }

    /** Whether data waits for the server to work off what is under way. */
    boolean waitsForServer() {
        return waits() && inFlight.isFull(System.nanoTime());
    }

    void ended() {
        channels.lost();
    }

    /** MINA's packets and ours are sealed one after the other. */
    void locked(OutBuffer.Action action) throws IOException {
        encodeLock.lock();
        try {
            action.run();
        } finally {
            encodeLock.unlock();
        }
    }

    private KexGate gate() {
        return (KexGate) kexHandler;
    }
}
