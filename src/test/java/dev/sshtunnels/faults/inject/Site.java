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
import java.util.function.LongFunction;

/**
 * A network namespace with a cable to this one; it wants root. Both are gone when it is closed, or when this JVM ends.
 *
 * <p>Its addresses are of 198.18.0.0/15 (RFC 2544, for tests of networks) and of fd00::/8.
 */
public final class Site implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int ADDRESSES = 8;

    private final Process holder;
    private final List<String> enter;
    private final Cable cable;

    /** With a cable that takes no time. */
    public Site() {
        this(Cable::fast);
    }

    /** With a cable on which every packet takes so long, in each direction. */
    public static Site behind(Duration oneWay) {
        return new Site(pid -> Cable.slow(pid, oneWay));
    }

    private Site(LongFunction<Cable> cables) {
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
        cable = cables.apply(holder.pid());
        Commands.run(List.of("ip", "address", "add", here() + "/29", "dev", cable.device()));
        Commands.run(List.of("ip", "address", "add", here6() + "/64", "dev", cable.device(), "nodad"));
        Commands.run(List.of("ip", "link", "set", cable.device(), "up"));
        run("ip", "link", "set", "lo", "up");
        run("ip", "address", "add", address() + "/29", "dev", "eth0");
        run("ip", "address", "add", secondAddress() + "/29", "dev", "eth0");
        run("ip", "address", "add", address6() + "/64", "dev", "eth0", "nodad");
        run("ip", "link", "set", "eth0", "up");
    }

    /** Its own address. */
    public String address() {
        return ip(2);
    }

    /** Another one of its own. */
    public String secondAddress() {
        return ip(3);
    }

    /** The address of this side of the cable. */
    public String here() {
        return ip(1);
    }

    private String ip(int last) {
        int offset = cable.number() * ADDRESSES + last;
        return "198.%d.%d.%d".formatted(18 + (offset >> 16), offset >> 8 & 255, offset & 255);
    }

    public String address6() {
        return "fd53:" + Integer.toHexString(cable.number()) + "::2";
    }

    private String here6() {
        return "fd53:" + Integer.toHexString(cable.number()) + "::1";
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
        List<String> here = new ArrayList<>(List.of("tc", "qdisc", "add", "dev", cable.device()));
        here.addAll(List.of(shape));
        Commands.run(here);
        List<String> there = new ArrayList<>(List.of("tc", "qdisc", "add", "dev", "eth0"));
        there.addAll(List.of(shape));
        run(there.toArray(String[]::new));
    }

    @Override
    public void close() {
        cable.close();
        holder.destroy();
    }
}
