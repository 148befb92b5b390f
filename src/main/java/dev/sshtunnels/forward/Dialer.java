package dev.sshtunnels.forward;

import dev.sshtunnels.api.Reason;
import dev.sshtunnels.loop.EventLoop;
import dev.sshtunnels.loop.ReadyHandler;
import dev.sshtunnels.loop.Timer;
import dev.sshtunnels.tunnel.Finding;
import dev.sshtunnels.tunnel.HostPort;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;

/**
 * Connects to targets without ever keeping the loop waiting: a target that does not answer, or whose name does not
 * resolve, costs nobody else anything.
 */
final class Dialer {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final EventLoop loop;
    private final DescriptorReserve reserve;
    private final NameLookups lookups;

    Dialer(EventLoop loop, DescriptorReserve reserve) {
        this.loop = loop;
        this.reserve = reserve;
        this.lookups = new NameLookups(loop);
    }

    /** Hears the outcome of one dial, on the loop. */
    interface Outcome {
        void connected(SocketChannel channel);

        void failed(Finding finding);
    }

    /** Tries all addresses of the target in turn. */
    void dial(HostPort target, Outcome outcome) {
        lookups.find(target.host(), new NameLookups.Answer() {
            @Override
            public void found(List<InetAddress> addresses) {
                new Attempt(target, new ArrayDeque<>(addresses), outcome).next(null);
            }

            @Override
            public void failed(String problem) {
                outcome.failed(new Finding(Reason.TargetUnresolvable, target + ": " + problem));
            }
        });
    }

    private final class Attempt implements ReadyHandler {

        private final HostPort target;
        private final Queue<InetAddress> addresses;
        private final Outcome outcome;
        private SocketChannel channel;
        private SelectionKey key;
        private Timer timer;

        Attempt(HostPort target, Queue<InetAddress> addresses, Outcome outcome) {
            this.target = target;
            this.addresses = addresses;
            this.outcome = outcome;
        }

        void next(Finding last) {
            InetAddress address = addresses.poll();
            if (address == null) {
                outcome.failed(last);
                return;
            }
            try {
                channel = reserve.open();
            } catch (IOException e) {
                // The limit of descriptors: another address would not help.
                outcome.failed(describe(e));
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
            timer = loop.schedule(TIMEOUT, () -> giveUp(timedOut()));
            if (channel.connect(new InetSocketAddress(address, target.port()))) {
                succeeded();
            } else {
                key = loop.register(channel, SelectionKey.OP_CONNECT, this);
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
        public void failed(Exception cause) {
            giveUp(describe(cause));
        }

        private void giveUp(Finding finding) {
            if (timer != null) {
                timer.cancel();
            }
            try {
                channel.close();
            } catch (IOException _) {
                // Closed all the same.
            }
            next(finding);
        }

        private Finding timedOut() {
            return new Finding(
                    Reason.TargetTimeout,
                    target + " did not answer within " + TIMEOUT.toSeconds()
                            + " s; check that a firewall lets it through");
        }

        private Finding describe(Exception cause) {
            boolean refused = cause instanceof ConnectException
                    && String.valueOf(cause.getMessage()).contains("refused");
            return refused
                    ? new Finding(
                            Reason.TargetRefused,
                            target + " refused the connection; check that it listens on that port")
                    : new Finding(Reason.TargetUnreachable, target + " cannot be reached: " + cause.getMessage());
        }
    }
}
