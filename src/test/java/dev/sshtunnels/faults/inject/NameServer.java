package dev.sshtunnels.faults.inject;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** A name server on loopback that gives every name the same answer, or none (RFC 1035). It wants root. */
public final class NameServer implements AutoCloseable {

    private static final int PORT = 53;
    private static final int HEADER = 12;
    private static final int QUESTION_TAIL = 5;
    private static final int IPV4 = 1;
    private static final int IPV6 = 28;

    /** What it says to every question. */
    public sealed interface Answer {

        /** These addresses, of the family that is asked for. */
        record Addresses(List<String> addresses) implements Answer {}

        /** A response code, such as 2 (SERVFAIL) or 3 (NXDOMAIN). */
        record Failure(int code) implements Answer {}

        /** Nothing. */
        record Silence() implements Answer {}
    }

    private final DatagramSocket socket;
    private volatile Answer answer;

    public NameServer(Answer answer) throws IOException {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        byte[] address = {127, 54, (byte) random.nextInt(256), (byte) random.nextInt(1, 255)};
        this.answer = answer;
        socket = new DatagramSocket(new InetSocketAddress(InetAddress.getByAddress(address), PORT));
        Thread.ofPlatform().name("name server").daemon().start(this::serve);
    }

    public void says(Answer next) {
        answer = next;
    }

    /** A command that runs another with this as its only source of names but localhost. */
    public List<String> usedBy(Path directory) throws IOException {
        Path resolver = Files.writeString(
                directory.resolve("resolv.conf"),
                "nameserver " + socket.getLocalAddress().getHostAddress() + "\noptions timeout:10 attempts:1\n");
        Path hosts = Files.writeString(directory.resolve("hosts"), "127.0.0.1 localhost\n");
        String mount = "mount --bind " + resolver + " /etc/resolv.conf && mount --bind " + hosts
                + " /etc/hosts && exec \"$@\"";
        return List.of("unshare", "--mount", "sh", "-c", mount, "sh");
    }

    private void serve() {
        byte[] buffer = new byte[512];
        try {
            while (true) {
                DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
                socket.receive(packet);
                byte[] reply = reply(buffer);
                if (reply != null) {
                    socket.send(new DatagramPacket(reply, reply.length, packet.getSocketAddress()));
                }
            }
        } catch (IOException _) {
            // The test is over.
        }
    }

    private byte[] reply(byte[] query) throws IOException {
        int end = HEADER;
        while (query[end] != 0) {
            end += query[end] + 1;
        }
        int type = query[end + 2];
        return switch (answer) {
            case Answer.Silence _ -> null;
            case Answer.Failure(int code) -> message(query, end + QUESTION_TAIL, code, type, List.of());
            case Answer.Addresses(List<String> addresses) ->
                message(query, end + QUESTION_TAIL, 0, type, ofType(type, addresses));
        };
    }

    private static List<InetAddress> ofType(int type, List<String> addresses) throws UnknownHostException {
        int length = type == IPV4 ? 4 : type == IPV6 ? 16 : 0;
        List<InetAddress> found = new ArrayList<>();
        for (String address : addresses) {
            InetAddress parsed = InetAddress.getByName(address);
            if (parsed.getAddress().length == length) {
                found.add(parsed);
            }
        }
        return found;
    }

    private static byte[] message(byte[] query, int end, int code, int type, List<InetAddress> addresses)
            throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.write(query, 0, 2);
        out.writeShort(0x8580 | code);
        out.writeShort(1);
        out.writeShort(addresses.size());
        out.writeInt(0);
        out.write(query, HEADER, end - HEADER);
        for (InetAddress address : addresses) {
            out.writeShort(0xC000 | HEADER);
            out.writeShort(type);
            out.writeShort(1);
            out.writeInt(0);
            out.writeShort(address.getAddress().length);
            out.write(address.getAddress());
        }
        return bytes.toByteArray();
    }

    @Override
    public void close() {
        socket.close();
    }
}
