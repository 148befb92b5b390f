package dev.sshtunnels.ssh.transport;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.SshException;
import org.apache.sshd.common.cipher.Cipher;

/**
 * Cuts the server's bytes into packets and opens them (RFC 4253 6, RFC 5647, OpenSSH PROTOCOL 1.5 to 1.7).
 *
 * <p>The keys are asked of the session for each packet, since any packet may bring new ones into force.
 */
final class PacketDecoder {

    private static final int LENGTH_FIELD = 4;

    /** As OpenSSH's PACKET_MAX_SIZE. */
    private static final int MAX_LENGTH = 256 << 10;

    private static final int USUAL_SIZE = 36 << 10;

    private final TunnelSession session;
    private byte[] sealed = new byte[USUAL_SIZE];
    private byte[] opened = new byte[USUAL_SIZE];
    /** Bytes of the current packet that are in {@code sealed}. */
    private int taken;
    /** packet_length of the current packet, -1 while unknown. */
    private int length = -1;

    PacketDecoder(TunnelSession session) {
        this.session = session;
    }

    /** Takes all bytes of the buffer and hands the session each packet that is complete. */
    void decode(ByteBuffer in) throws Exception {
        while ((length >= 0 || takeLength(in)) && takeRest(in)) {
            open();
        }
    }

    private boolean takeLength(ByteBuffer in) throws Exception {
        Cipher cipher = session.inCipher();
        boolean lengthIsApart = cipher == null || session.inTagSize() > 0 || session.inEncryptThenMac();
        int needed = lengthIsApart ? LENGTH_FIELD : session.inBlockSize();
        if (!take(in, needed)) {
            return false;
        }
        if (session.inTagSize() > 0 && !(cipher instanceof AesGcm)) {
            cipher.updateAAD(sealed, 0, LENGTH_FIELD);
        } else if (!lengthIsApart) {
            cipher.update(sealed, 0, needed);
        }
        int found = ByteBuffer.wrap(sealed).getInt();
        int covered = lengthIsApart ? found : found + LENGTH_FIELD;
        if (found < SshConstants.SSH_PACKET_HEADER_LEN
                || found > MAX_LENGTH
                || cipher != null && covered % session.inBlockSize() != 0) {
            throw new SshException(
                    SshConstants.SSH2_DISCONNECT_PROTOCOL_ERROR,
                    "a packet length of " + Integer.toUnsignedString(found));
        }
        length = found;
        makeRoom(LENGTH_FIELD + length + session.inTagSize() + session.inMacSize());
        return true;
    }

    private boolean takeRest(ByteBuffer in) {
        return take(in, LENGTH_FIELD + length + session.inTagSize() + session.inMacSize());
    }

    /** Moves bytes until {@code target} are taken; returns whether they are. */
    private boolean take(ByteBuffer in, int target) {
        int bytes = Math.min(in.remaining(), target - taken);
        in.get(sealed, taken, bytes);
        taken += bytes;
        return taken == target;
    }

    private void open() throws Exception {
        Cipher cipher = session.inCipher();
        byte[] plain = sealed;
        if (cipher instanceof AesGcm gcm) {
            gcm.open(sealed, length, opened);
            plain = opened;
        } else if (session.inTagSize() > 0) {
            cipher.update(sealed, LENGTH_FIELD, length);
        } else if (session.inEncryptThenMac()) {
            session.verifyMac(sealed, length + LENGTH_FIELD);
            if (cipher != null) {
                cipher.update(sealed, LENGTH_FIELD, length);
            }
        } else {
            if (cipher != null) {
                int done = session.inBlockSize();
                cipher.update(sealed, done, LENGTH_FIELD + length - done);
            }
            session.verifyMac(sealed, length + LENGTH_FIELD);
        }
        deliver(plain);
    }

    private void deliver(byte[] plain) throws Exception {
        int padding = plain[LENGTH_FIELD] & 0xff;
        int payload = length - 1 - padding;
        int sealedBytes = length;
        taken = 0;
        length = -1;
        if (payload < 1) {
            throw new SshException(
                    SshConstants.SSH2_DISCONNECT_PROTOCOL_ERROR, "a packet with " + padding + " bytes of padding only");
        }
        session.packetReceived(plain, LENGTH_FIELD + 1, payload, sealedBytes);
    }

    private void makeRoom(int total) {
        if (total > sealed.length) {
            sealed = Arrays.copyOf(sealed, total);
            opened = new byte[total];
        }
    }
}
