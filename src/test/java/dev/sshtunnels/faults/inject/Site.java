package dev.sshtunnels.faults.inject;

import static org.awaitility.Awaitility.await;

import dev.sshtunnels.testing.Commands;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A network namespace with a cable to this one; it wants root. Both are gone when it is closed, or when this JVM ends.
 *
 * <p>Its addresses are of 198.18.0.0/15 (RFC 2544, for tests of networks) and of fd00::/8.
 */
public final class Site implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int CABLES = 1 << 14;
    private static final int ATTEMPTS = 20;

    private final Process holder;
    private final List<String> enter;
    private final int number;

    public Site() {
        try {
            // It ends when its standard input does, and the kernel removes a namespace that nobody is in.
            holder = new ProcessBuilder("unshare", "--net", "cat")
                    .redirectErrorStream(true)
                    .start();
            Path network = Path.of("/proc/" + holder.pid() + "/ns/net");
            Path here = Files.readSymbolicLink(Path.of("/proc/self/ns/net"));
            await("a network namespace (this wants root)")
                    .atMost(PATIENCE)
                    .ignoreExceptions()
                    .until(() -> !Files.readSymbolicLink(network).equals(here));
            enter = List.of("nsenter", "--net=" + network);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        number = plug();
        Commands.run(List.of("ip", "address", "add", here() + "/30", "dev", device()));
        Commands.run(List.of("ip", "address", "add", here6() + "/64", "dev", device(), "nodad"));
        Commands.run(List.of("ip", "link", "set", device(), "up"));
        run("ip", "link", "set", "lo", "up");
        run("ip", "address", "add", address() + "/30", "dev", "eth0");
        run("ip", "address", "add", address6() + "/64", "dev", "eth0", "nodad");
        run("ip", "link", "set", "eth0", "up");
    }

    /** Others may have cables here too: a number that is taken is not tried again. */
    private int plug() {
        IllegalStateException last = null;
        for (int i = 0; i < ATTEMPTS; i++) {
            int candidate = ThreadLocalRandom.current().nextInt(CABLES);
            try {
                Commands.run(List.of(
                        "ip",
                        "link",
                        "add",
                        device(candidate),
                        "type",
                        "veth",
                        "peer",
                        "name",
                        "eth0",
                        "netns",
                        Long.toString(holder.pid())));
                return candidate;
            } catch (IllegalStateException taken) {
                last = taken;
            }
        }
        holder.destroyForcibly();
        throw last;
    }

    private static String device(int number) {
        return "fault" + number;
    }

    private String device() {
        return device(number);
    }

    /** Its own address. */
    public String address() {
        return ip(2);
    }

    /** The address of this side of the cable. */
    public String here() {
        return ip(1);
    }

    private String ip(int last) {
        int offset = number * 4 + last;
        return "198.18." + (offset >> 8) + "." + (offset & 255);
    }

    public String address6() {
        return "fd53:" + Integer.toHexString(number) + "::2";
    }

    private String here6() {
        return "fd53:" + Integer.toHexString(number) + "::1";
    }

    /** What stands before a command that is to run there. */
    public List<String> enter() {
        return enter;
    }

    /** Runs a command there to its end; what it wrote. */
    public String run(String... command) {
        List<String> whole = new ArrayList<>(enter);
        whole.addAll(List.of(command));
        return Commands.run(whole);
    }

    public Firewall firewall() {
        return new Firewall(this);
    }

    /** Makes the cable narrow in both directions: what is too much waits in a queue, then is lost. */
    public void narrow(String rate, Duration longestWait) {
        String[] shape = {"root", "tbf", "rate", rate, "burst", "16kb", "latency", longestWait.toMillis() + "ms"};
        List<String> here = new ArrayList<>(List.of("tc", "qdisc", "add", "dev", device()));
        here.addAll(List.of(shape));
        Commands.run(here);
        List<String> there = new ArrayList<>(List.of("tc", "qdisc", "add", "dev", "eth0"));
        there.addAll(List.of(shape));
        run(there.toArray(String[]::new));
    }

    @Override
    public void close() {
        // The cable first: the kernel takes its time with the namespace, and the addresses are to be free at once.
        Commands.run(List.of("ip", "link", "delete", device()));
        holder.destroy();
    }
}
