package dev.sshtunnels.differential;

import static dev.sshtunnels.differential.Wanted.local;
import static dev.sshtunnels.differential.Wanted.remote;

import dev.sshtunnels.testing.TcpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tunnels through tunnels (C1; OpenSSH regress/forwarding.sh): L to R to L, all on one session, 100 MiB each way. */
class ChainTest {

    private static final int CHUNK = 1 << 16;
    private static final int CHUNKS = 1600;
    private static final long UP = 1;
    private static final long DOWN = 2;

    @TempDir
    Path directory;

    @Test
    void a100MebibytesArriveWholeThroughThreeTunnels() throws Exception {
        try (Arena arena = Arena.with(directory);
                Contest contest = arena.contest();
                TcpServer target = TcpServer.on(ChainTest::answerWithDigestAndStream)) {
            Wanted first = local(arena.port());
            Wanted second = remote(arena.port());
            Wanted third = local(arena.port());
            contest.with(first.to(second.port()), second.to(third.port()), third.to(target.port()))
                    .bothSee(digest(UP) + digest(DOWN), session -> exchange(session.port(0)));
        }
    }

    /** Reads to the end, then says what it read and sends a stream of its own. */
    private static void answerWithDigestAndStream(Socket client) throws Exception {
        byte[] seen = digest(client.getInputStream());
        client.getOutputStream().write(seen);
        write(DOWN, client.getOutputStream());
        client.shutdownOutput();
    }

    private static String exchange(int port) throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(60_000);
            write(UP, socket.getOutputStream());
            socket.shutdownOutput();
            byte[] up = socket.getInputStream().readNBytes(32);
            byte[] down = digest(socket.getInputStream());
            return HexFormat.of().formatHex(up) + HexFormat.of().formatHex(down);
        }
    }

    private static void write(long seed, OutputStream out) throws IOException {
        RandomGenerator random = random(seed);
        byte[] chunk = new byte[CHUNK];
        for (int i = 0; i < CHUNKS; i++) {
            random.nextBytes(chunk);
            out.write(chunk);
        }
    }

    private static byte[] digest(InputStream in) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        byte[] buffer = new byte[CHUNK];
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            digest.update(buffer, 0, n);
        }
        return digest.digest();
    }

    /** Of the stream with this seed. */
    private static String digest(long seed) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        RandomGenerator random = random(seed);
        byte[] chunk = new byte[CHUNK];
        for (int i = 0; i < CHUNKS; i++) {
            random.nextBytes(chunk);
            digest.update(chunk);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static RandomGenerator random(long seed) {
        return RandomGeneratorFactory.of("SplittableRandom").create(seed);
    }
}
