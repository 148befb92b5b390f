package dev.sshtunnels.ssh;

import dev.sshtunnels.api.AddressFamily;
import dev.sshtunnels.api.Reason;
import dev.sshtunnels.tunnel.HostPort;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Connects to the first address of a name that answers ("happy eyeballs", RFC 8305): the next address is tried when one
 * failed, or has not answered for a while.
 *
 * <p>An address that does not answer is tried afresh every few seconds beside the first attempt, because the kernel asks
 * ever less often (after 1, 3, 7 and 15 s): so a way that is open again is noticed at once.
 */
final class Dialer {

    /**
     * RFC 8305 5, Connection Attempt Delay, which allows up to 2 s. Longer than the usual 250 ms, so that two addresses
     * that both answer hardly ever both connect: sshd counts connections that end without a login
     * (sshd_config {@code PerSourcePenalties noauth}).
     */
    private static final Duration STAGGER = Duration.ofMillis(750);

    private static final Duration AFRESH = Duration.ofMillis(2500);

    /** The one that tells of the way that came nearest to a server first. */
    private static final List<Reason> NEARNESS =
            List.of(Reason.ConnectionRefused, Reason.ConnectionReset, Reason.ConnectTimeout, Reason.Unreachable);

    private final HostPort endpoint;
    private final List<InetAddress> addresses;
    private final Duration timeout;
    private final long deadline;
    private final BlockingQueue<ConnectAttempt> finished = new LinkedBlockingQueue<>();
    private final List<ConnectAttempt> started = new ArrayList<>();
    private final SequencedMap<InetAddress, ConnectAttempt> latest = new LinkedHashMap<>();

    private Dialer(HostPort endpoint, List<InetAddress> addresses, Duration timeout) {
        this.endpoint = endpoint;
        this.addresses = addresses;
        this.timeout = timeout;
        this.deadline = System.nanoTime() + timeout.toNanos();
    }

    /** A connected socket in blocking mode. */
    static SocketChannel dial(HostPort endpoint, AddressFamily family, Duration timeout)
            throws PhaseFailure, InterruptedException {
        return dial(endpoint, Addresses.of(endpoint, family, timeout), timeout);
    }

    /** As above, to addresses that are known already. */
    static SocketChannel dial(HostPort endpoint, List<InetAddress> addresses, Duration timeout)
            throws PhaseFailure, InterruptedException {
        return new Dialer(endpoint, addresses, timeout).race();
    }

    private SocketChannel race() throws PhaseFailure, InterruptedException {
        ConnectAttempt winner = null;
        try {
            while (winner == null && deadline - System.nanoTime() > 0 && !hasFailed()) {
                InetAddress next = next();
                long due = due(next);
                if (due - System.nanoTime() <= 0) {
                    start(next);
                    continue;
                }
                long left = Math.min(due - System.nanoTime(), deadline - System.nanoTime());
                ConnectAttempt attempt = finished.poll(left, TimeUnit.NANOSECONDS);
                winner = attempt != null && attempt.connected() ? attempt : null;
            }
            if (winner == null) {
                // Before they are closed, which would look like failures of their own.
                throw failure(latest.values());
            }
            return winner.channel();
        } finally {
            for (ConnectAttempt attempt : started) {
                if (attempt != winner) {
                    attempt.close();
                }
            }
        }
    }

    /** Whether the latest attempt at each address failed. */
    private boolean hasFailed() {
        return latest.size() == addresses.size() && latest.values().stream().allMatch(ConnectAttempt::failed);
    }

    /** The first one that was not tried yet, or the one whose turn is longest ago. */
    private InetAddress next() {
        return addresses.stream()
                .filter(address -> !latest.containsKey(address))
                .findFirst()
                .orElseGet(() -> latest.keySet().iterator().next());
    }

    /** When an address may be tried, as {@link System#nanoTime()}. */
    private long due(InetAddress address) {
        boolean nobodyIsWaitedFor = latest.values().stream().allMatch(ConnectAttempt::failed);
        ConnectAttempt before = latest.get(address);
        if (before == null && nobodyIsWaitedFor) {
            return System.nanoTime();
        }
        long staggered = latest.lastEntry().getValue().startedNanos() + STAGGER.toNanos();
        return before == null ? staggered : Math.max(staggered, before.startedNanos() + AFRESH.toNanos());
    }

    private void start(InetAddress address) throws PhaseFailure {
        try {
            ConnectAttempt attempt = ConnectAttempt.start(address, endpoint.port(), timeout, finished::add);
            started.add(attempt);
            latest.remove(address);
            latest.put(address, attempt);
        } catch (IOException e) {
            throw new PhaseFailure(Phase.CONNECT, Reason.Unreachable, "no socket for " + endpoint + " can be opened");
        }
    }

    private PhaseFailure failure(Collection<ConnectAttempt> attempts) {
        // The address that came nearest to an SSH server explains most.
        Reason reason = attempts.stream()
                .map(ConnectAttempt::reason)
                .min(Comparator.comparing(NEARNESS::indexOf))
                .orElse(Reason.ConnectTimeout);
        // Name servers change the order, which should not change what is told.
        String what = attempts.stream()
                .map(attempt -> attempt.address().getHostAddress() + " " + words(attempt.reason(), timeout))
                .sorted()
                .collect(Collectors.joining(", "));
        return new PhaseFailure(
                Phase.CONNECT, reason, "no connection to " + endpoint + ": " + what + "; " + remedy(reason));
    }

    private static String words(Reason reason, Duration timeout) {
        return switch (reason) {
            case ConnectionRefused -> "refused it";
            case ConnectionReset -> "reset it";
            case ConnectTimeout -> "did not answer within " + timeout.toSeconds() + " s";
            default -> "is not reachable from here";
        };
    }

    private static String remedy(Reason reason) {
        return switch (reason) {
            case ConnectionRefused -> "check host and port, and that sshd runs there";
            case ConnectionReset -> "check what stands in between, such as a firewall or a load balancer";
            default -> "check host and port, and that firewalls and network policies let this through";
        };
    }
}
