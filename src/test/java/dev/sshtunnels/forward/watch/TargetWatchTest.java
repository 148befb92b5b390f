package dev.sshtunnels.forward.watch;

import static dev.sshtunnels.api.Reason.TargetConnected;
import static dev.sshtunnels.api.Reason.TargetRefused;
import static dev.sshtunnels.api.Reason.TargetUnresolvable;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sshtunnels.api.ProbeType;
import dev.sshtunnels.api.Reason;
import dev.sshtunnels.forward.Forwarding;
import dev.sshtunnels.loop.EventLoop;
import dev.sshtunnels.probe.Greetings;
import dev.sshtunnels.tunnel.Finding;
import dev.sshtunnels.tunnel.HostPort;
import dev.sshtunnels.tunnel.TargetProbe;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is told of clients' connections, and when. */
class TargetWatchTest {

    private static final Duration A_TOKENS_TIME = Duration.ofSeconds(10);
    private static final Duration A_MOMENT = Duration.ofMillis(100);

    private final EventLoop loop = new EventLoop("test-loop");
    private final HandMovedTime time = new HandMovedTime();
    private final Forwarding.Opened told = new Forwarding.Opened();
    private final TargetWatch watch =
            new TargetWatch(loop, time, told, Optional.of(new ProbeTarget(new HostPort("target", 1), new Silence())));

    @AfterEach
    void stop() {
        loop.close();
    }

    @Test
    void aTargetThatGoesDownAndComesBackIsToldOfAtOnce() throws Exception {
        found(TargetConnected, TargetConnected, TargetRefused, TargetRefused, TargetConnected);

        assertThat(reasonsTold()).containsExactly(TargetConnected, TargetRefused, TargetConnected);
    }

    @Test
    void clientsThatGoOnFindingNowThisAndNowThatAreToldOfEveryTenSeconds() throws Exception {
        for (int i = 0; i < 3000; i++) {
            found(TargetConnected);
            time.passes(A_MOMENT);
            found(TargetUnresolvable);
            time.passes(A_MOMENT);
        }

        assertThat(reasonsTold()).hasSizeBetween(60, 65);
    }

    @Test
    void ofWhatIsHeldBackTheLastIsToldWhenItMayBe() throws Exception {
        found(TargetConnected, TargetRefused, TargetConnected, TargetRefused, TargetConnected);
        reasonsTold();

        found(TargetRefused, TargetUnresolvable);
        time.passes(A_TOKENS_TIME.minusNanos(1));
        assertThat(told.hasNoNewsOfTheTarget()).isTrue();
        time.passes(Duration.ofNanos(1));
        assertThat(reasonsTold()).containsExactly(TargetUnresolvable);
        assertThat(time.waiting()).isZero();
    }

    @Test
    void aTargetThatIsMeanwhileAsItWasToldIsNoNewsAndCostsNothing() throws Exception {
        found(TargetConnected, TargetRefused, TargetConnected, TargetRefused, TargetConnected);
        reasonsTold();

        found(TargetRefused, TargetConnected);
        time.passes(A_TOKENS_TIME.multipliedBy(5));
        assertThat(told.hasNoNewsOfTheTarget()).isTrue();

        found(TargetRefused, TargetConnected, TargetRefused, TargetConnected, TargetRefused);
        assertThat(reasonsTold()).hasSize(5);
    }

    @Test
    void aClosedForwardLeavesNothingThatWouldTell() throws Exception {
        found(TargetConnected, TargetRefused, TargetConnected, TargetRefused, TargetConnected, TargetRefused);
        reasonsTold();

        watch.close();
        assertThat(time.waiting()).isZero();
        found(TargetUnresolvable);
        assertThat(time.waiting()).isZero();
        assertThat(told.hasNoNewsOfTheTarget()).isTrue();
    }

    @Test
    void aProbeTakesOverWhatClientsHaveNotTold() throws Exception {
        found(TargetConnected, TargetRefused, TargetConnected, TargetRefused, TargetConnected, TargetRefused);
        reasonsTold();

        TargetProbe probe = new TargetProbe(ProbeType.TCP, Duration.ofHours(1), Duration.ofMinutes(1), 1, "", "");
        onLoop(() -> {
            watch.listening(true);
            watch.probe(new ProbeOrder(probe, Greetings.of(probe, new HostPort("target", 1))));
            time.passes(A_TOKENS_TIME.multipliedBy(2));
        });

        assertThat(told.hasNoNewsOfTheTarget()).isTrue();

        onLoop(() -> watch.probe(null));
        assertThat(reasonsTold()).containsExactly(TargetRefused);
    }

    private void found(Reason... reasons) {
        for (Reason reason : reasons) {
            watch.clientFound(new Finding(reason, "words"));
        }
    }

    private List<Reason> reasonsTold() throws InterruptedException {
        List<Reason> reasons = new ArrayList<>();
        while (!told.hasNoNewsOfTheTarget()) {
            reasons.add(told.target().reason());
        }
        return reasons;
    }

    /** Where probes have their timers. */
    private void onLoop(Runnable task) throws Exception {
        CompletableFuture<Void> done = new CompletableFuture<>();
        loop.execute(() -> {
            task.run();
            done.complete(null);
        });
        done.get(20, TimeUnit.SECONDS);
    }

    /** Connections that neither come about nor fail. */
    private static final class Silence implements ProbeLink.Opener, ProbeLink {

        @Override
        public ProbeLink open(Events events) {
            return this;
        }

        @Override
        public Finding timedOut(String time) {
            throw new AssertionError("nobody waits that long");
        }

        @Override
        public void send(byte[] bytes) {}

        @Override
        public void finish(byte[] lastWords) {}

        @Override
        public void abort() {}
    }
}
