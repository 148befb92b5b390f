package dev.sshtunnels.forward.exposure;

import dev.sshtunnels.forward.contract.Exposure;
import dev.sshtunnels.loop.EventLoop;
import dev.sshtunnels.loop.Timer;
import dev.sshtunnels.tunnel.Backoff;
import dev.sshtunnels.tunnel.HostPort;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * Proves where a listener of this agent can be reached: connects to it through the session, at the addresses that clients
 * would use, and sees which connections arrive. Event loop only.
 *
 * <p>What was proved is looked at again now and then, at those addresses only that led here: sshd logs each connection
 * that fails. What was not is tried again in full.
 */
public final class ExposureCheck {

    private static final Backoff AGAIN =
            new Backoff(Duration.ofMinutes(1), Duration.ofMinutes(10), Backoff.Spread.FIFTH);

    private final EventLoop loop;
    private final RandomGenerator random;
    private final ProbedServer server;
    private final ListenerGuard guard;
    private final VantagePoints points;
    private final int port;
    private final boolean overridden;
    private final Consumer<Exposure> found;
    private Exposure last = Exposure.UNKNOWN;
    private Timer timer;
    private int rounds;
    private boolean stopped;

    /** @param overridden whether the server said that it ignores the address asked for */
    public ExposureCheck(
            EventLoop loop,
            RandomGenerator random,
            ProbedServer server,
            ListenerGuard guard,
            HostPort asked,
            int port,
            boolean overridden,
            Consumer<Exposure> found) {
        this.loop = loop;
        this.random = random;
        this.server = server;
        this.guard = guard;
        this.points = new VantagePoints(asked, server.address());
        this.port = port;
        this.overridden = overridden;
        this.found = found;
    }

    public void start() {
        // Where the server's own connections come from is learned now, while hardly anybody knows of the listener yet.
        guard.suspectAll(true);
        all();
    }

    public void stop() {
        stopped = true;
        if (timer != null) {
            timer.cancel();
        }
    }

    private void all() {
        new Round(points.all(), this::conclude).start();
    }

    private void conclude(Map<String, Reach> reach) {
        guard.suspectAll(false);
        Exposure exposure = new ExposureVerdict(points, port, reach, overridden).exposure();
        if (!exposure.equals(last)) {
            last = exposure;
            found.accept(exposure);
        }
        switch (exposure.finding().reason()) {
            // What a server permits is settled when its session begins.
            case ProbeNotPermitted -> {}
            case Verified, LoopbackOnly -> later(() -> confirm(here(reach)));
            default -> later(this::all);
        }
    }

    private void confirm(Collection<String> proved) {
        new Round(proved, reach -> {
                    if (here(reach).equals(proved)) {
                        later(() -> confirm(proved));
                    } else {
                        all();
                    }
                })
                .start();
    }

    private void later(Runnable round) {
        timer = loop.schedule(AGAIN.delay(++rounds, random), round);
    }

    private static Collection<String> here(Map<String, Reach> reach) {
        return reach.keySet().stream()
                .filter(address -> reach.get(address) == Reach.HERE)
                .toList();
    }

    /** One question for each of some addresses. */
    private final class Round {

        private final Collection<String> addresses;
        private final Consumer<Map<String, Reach>> finished;
        private final Map<String, Reach> results = new HashMap<>();
        private int ended;

        Round(Collection<String> addresses, Consumer<Map<String, Reach>> finished) {
            this.addresses = addresses;
            this.finished = finished;
        }

        void start() {
            addresses.forEach(this::ask);
        }

        private void ask(String address) {
            UUID nonce = UUID.randomUUID();
            ListenerProof proof = server.proof();
            guard.await(nonce, () -> results.put(address, Reach.HERE));
            new ListenerProbe(
                            loop,
                            proof.question(nonce, port),
                            proof.answer(nonce, port),
                            outcome -> ended(address, nonce, outcome))
                    .start(server.channels(), new HostPort(address, port));
        }

        private void ended(String address, UUID nonce, ProbeOutcome outcome) {
            guard.awaitNoMore(nonce);
            results.putIfAbsent(address, Reach.missed(outcome));
            ended++;
            if (ended == addresses.size() && !stopped) {
                Map<String, Reach> inOrder = new LinkedHashMap<>();
                addresses.forEach(each -> inOrder.put(each, results.get(each)));
                finished.accept(inOrder);
            }
        }
    }
}
