package dev.sshtunnels.ssh;

import dev.sshtunnels.api.AddressFamily;
import dev.sshtunnels.api.Reason;
import dev.sshtunnels.tunnel.HostPort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Connects to the first address of a name that answers ("happy eyeballs", RFC 8305): the next address is tried when one
 * failed, or has not answered for a while.
 */
final class Dialer {

    /** RFC 8305 5, Connection Attempt Delay. */
    private static final Duration STAGGER = Duration.ofMillis(250);

    private final HostPort endpoint;
    private final Duration timeout;
    private final BlockingQueue<Attempt> finished = new LinkedBlockingQueue<>();
    private final List<Attempt> started = new ArrayList<>();

    private Dialer(HostPort endpoint, Duration timeout) {
        this.endpoint = endpoint;
        this.timeout = timeout;
    }

    /** A connected socket in blocking mode. */
    static SocketChannel dial(HostPort endpoint, AddressFamily family, Duration timeout)
            throws PhaseFailure, InterruptedException {
        return dial(endpoint, Addresses.of(endpoint, family, timeout), timeout);
    }

    /** As above, to addresses that are known already. */
    static SocketChannel dial(HostPort endpoint, List<InetAddress> addresses, Duration timeout)
            throws PhaseFailure, InterruptedException {
        return new Dialer(endpoint, timeout).race(addresses);
    }

    private SocketChannel race(List<InetAddress> addresses) throws PhaseFailure, InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        List<Attempt> failed = new ArrayList<>();
        SocketChannel winner = null;
        try {
            while (winner == null && failed.size() < addresses.size() && deadline - System.nanoTime() > 0) {
                boolean more = started.size() < addresses.size();
                if (more) {
                    start(addresses.get(started.size()));
                }
                boolean last = started.size() == addresses.size();
                long left = deadline - System.nanoTime();
                Attempt attempt = finished.poll(last ? left : Math.min(left, STAGGER.toNanos()), TimeUnit.NANOSECONDS);
                if (attempt != null && attempt.error == null) {
                    winner = attempt.channel;
                } else if (attempt != null) {
                    failed.add(attempt);
                }
            }
            if (winner == null) {
                // Before they are closed, which would look like failures of their own.
                throw failure();
            }
            return winner;
        } finally {
            for (Attempt attempt : started) {
                if (attempt.channel != winner) {
                    close(attempt.channel);
                }
            }
        }
    }

    private void start(InetAddress address) throws PhaseFailure {
        try {
            Attempt attempt = new Attempt(address, SocketChannel.open());
            started.add(attempt);
            Thread.ofVirtual().name("connect " + address).start(() -> attempt.run(deadlineMillis()));
        } catch (IOException e) {
            throw new PhaseFailure(Phase.CONNECT, Reason.Unreachable, "no socket for " + endpoint + " can be opened");
        }
    }

    private int deadlineMillis() {
        return (int) Math.max(1, timeout.toMillis());
    }

    private static void close(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException _) {
            // Closed all the same.
        }
    }

    private PhaseFailure failure() {
        // The address that came nearest to an SSH server explains most.
        Reason reason =
                started.stream().map(Attempt::reason).min(Dialer::byNearness).orElse(Reason.ConnectTimeout);
        String what = started.stream()
                .map(attempt -> attempt.address.getHostAddress() + " " + words(attempt.reason(), timeout))
                .collect(Collectors.joining(", "));
        return new PhaseFailure(
                Phase.CONNECT, reason, "no connection to " + endpoint + ": " + what + "; " + remedy(reason));
    }

    private static final List<Reason> NEARNESS =
            List.of(Reason.ConnectionRefused, Reason.ConnectionReset, Reason.ConnectTimeout, Reason.Unreachable);

    private static int byNearness(Reason one, Reason other) {
        return NEARNESS.indexOf(one) - NEARNESS.indexOf(other);
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

    /** One address being tried; {@code error} stays null on success. */
    private final class Attempt {

        private final InetAddress address;
        private final SocketChannel channel;
        private volatile IOException error;

        Attempt(InetAddress address, SocketChannel channel) {
            this.address = address;
            this.channel = channel;
        }

        void run(int timeoutMillis) {
            try {
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
                channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
                channel.socket().connect(new InetSocketAddress(address, endpoint.port()), timeoutMillis);
            } catch (IOException e) {
                error = e;
            }
            finished.add(this);
        }

        /** Why it failed; one that is still waiting counts as timed out. */
        Reason reason() {
            IOException cause = error;
            String text = cause == null || cause.getMessage() == null ? "" : cause.getMessage();
            if (cause == null || cause instanceof SocketTimeoutException || text.contains("timed out")) {
                return Reason.ConnectTimeout;
            } else if (cause instanceof NoRouteToHostException || text.contains("unreachable")) {
                return Reason.Unreachable;
            } else if (text.contains("refused")) {
                return Reason.ConnectionRefused;
            }
            return text.contains("reset") ? Reason.ConnectionReset : Reason.Unreachable;
        }
    }
}
