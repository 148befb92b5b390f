package dev.sshtunnels.forward.watch;

import dev.sshtunnels.forward.contract.ClosableForward;
import dev.sshtunnels.forward.contract.OpenForward;
import dev.sshtunnels.loop.EventLoop;
import dev.sshtunnels.probe.Greetings;
import dev.sshtunnels.tunnel.Checks;
import dev.sshtunnels.tunnel.Destination;
import java.util.Optional;

/**
 * A forward and the watch over its target.
 *
 * @param target empty for a SOCKS listener
 * @param whenClosed runs when it is closed by whoever opened it
 */
public record WatchedForward(
        EventLoop loop, ClosableForward forward, TargetWatch watch, Optional<Destination> target, Runnable whenClosed)
        implements OpenForward {

    @Override
    public void check(Checks checks) {
        // Made here, since the first greeting for TLS takes longer than the loop has.
        ProbeOrder order = target.flatMap(to -> checks.target().map(how -> new ProbeOrder(how, Greetings.of(how, to))))
                .orElse(null);
        loop.execute(() -> watch.probe(order));
        forward.verifyExposure(checks.exposure());
    }

    @Override
    public void close(Connections connections) {
        forward.close(connections);
        loop.execute(watch::close);
        whenClosed.run();
    }
}
