package dev.sshtunnels.forward.socket;

import dev.sshtunnels.loop.EventLoop;
import dev.sshtunnels.loop.ReadyHandler;
import dev.sshtunnels.loop.Timer;
import dev.sshtunnels.tunnel.Finding;
import dev.sshtunnels.tunnel.HostPort;
import dev.sshtunnels.tunnel.PeerText;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.channels.UnsupportedAddressTypeException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.function.Predicate;

/**
 * Connects to targets without ever keeping the loop waiting: a target that does not answer, or whose name does not
 * resolve, costs nobody else anything. Event loop only.
 */
public final class Dialer {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final int MAX_NAME = 200;

    private final EventLoop loop;
    private final DescriptorReserve reserve;
    private final NameLookups lookups;

    public Dialer(EventLoop loop, DescriptorReserve reserve) {
        this.loop = loop;
        this.reserve = reserve;
        this.lookups = new NameLookups(loop);
    }

    /** Hears the outcome of one dial, on the loop. */
    public interface Outcome {
        void connected(SocketChannel channel);

        void failed(ConnectFailure cause, Finding finding);
    }

    /** Tries all addresses of the target in turn. */
    public void dial(HostPort target, Outcome outcome) {
        dial(target, _ -> true, outcome);
    }

    /** Tries those addresses of the target in turn that are permitted. */
    public void dial(HostPort target, Predicate<InetAddress> permitted, Outcome outcome) {
        lookups.find(target.host(), new NameLookups.Answer() {
            @Override
            public void found(List<InetAddress> addresses) {
                attempt(target, addresses.stream().filter(permitted).toList(), outcome);
            }

            @Override
            public void failed(String problem) {
                tell(outcome, ConnectFailure.UNRESOLVABLE, name(target) + ": " + problem);
            }
        });
    }

    private void attempt(HostPort target, List<InetAddress> addresses, Outcome outcome) {
        if (addresses.isEmpty()) {
            tell(
                    outcome,
                    ConnectFailure.PROHIBITED,
                    name(target) + " is not permitted here; allow it in access.socks.allow");
        } else {
            new Attempt(target, new ArrayDeque<>(addresses), outcome).next();
        }
    }

    private static void tell(Outcome outcome, ConnectFailure cause, String message) {
        outcome.failed(cause, new Finding(cause.reason(), message));
    }

    /** SOCKS clients choose what is in it. */
    private static String name(HostPort target) {
        return PeerText.printable(target.toString(), MAX_NAME);
    }

    private final class Attempt implements ReadyHandler {

        private final HostPort target;
        private final Queue<InetAddress> addresses;
        private final Outcome outcome;
        private SocketChannel channel;
        private SelectionKey key;
        private Timer timer;
        private ConnectFailure cause;
        private String message;

        Attempt(HostPort target, Queue<InetAddress> addresses, Outcome outcome) {
            this.target = target;
            this.addresses = addresses;
            this.outcome = outcome;
        }

        void next() {
            InetAddress address = addresses.poll();
            if (address == null) {
                tell(outcome, cause, message);
                return;
            }
            try {
                channel = reserve.open();
            } catch (IOException e) {
                // The limit of descriptors: another address would not help.
                tell(outcome, ConnectFailure.SERVER, name(target) + " was not connected to: " + e.getMessage());
                return;
            }
            try {
                connect(address);
            } catch (IOException e) {
                failed(e);
            }
        }

        private void connect(InetAddress address) throws IOException {
            key = null;
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            timer = loop.schedule(TIMEOUT, this::timedOut);
            if (isConnected(address)) {
                succeeded();
            } else {
                key = loop.register(channel, SelectionKey.OP_CONNECT, this);
            }
        }

        /** Whether it is connected already. */
        private boolean isConnected(InetAddress address) throws IOException {
            try {
                return channel.connect(new InetSocketAddress(address, target.port()));
            } catch (UnsupportedAddressTypeException _) {
                throw new SocketException("Network is unreachable: this machine has no IPv6");
            }
        }

        @Override
        public void ready(int operations) throws IOException {
            if (channel.finishConnect()) {
                succeeded();
            }
        }

        private void succeeded() {
            timer.cancel();
            if (key != null) {
                key.interestOps(0);
            }
            outcome.connected(channel);
        }

        @Override
        public void failed(Exception failure) {
            ConnectFailure found = ConnectFailure.of(String.valueOf(failure.getMessage()));
            giveUp(
                    found,
                    found == ConnectFailure.REFUSED
                            ? " refused the connection; check that it listens on that port"
                            : " cannot be reached: " + failure.getMessage());
        }

        private void timedOut() {
            giveUp(
                    ConnectFailure.TIMED_OUT,
                    " did not answer within " + TIMEOUT.toSeconds() + " s; check that a firewall lets it through");
        }

        private void giveUp(ConnectFailure found, String words) {
            cause = found;
            message = name(target) + words;
            if (timer != null) {
                timer.cancel();
            }
            SocketEnd.close(channel);
            next();
        }
    }
}
