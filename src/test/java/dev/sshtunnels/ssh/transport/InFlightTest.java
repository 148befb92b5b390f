package dev.sshtunnels.ssh.transport;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InFlightTest {

    private static final long MILLISECOND = 1_000_000;
    private static final long SECOND = 1000 * MILLISECOND;
    private static final double GIGABYTE_PER_SECOND = 1;

    @ParameterizedTest(name = "{0} bytes/ns, {1} us one way")
    @CsvSource({
        "1, 20",
        "1, 500",
        "1, 25000",
        "0.1, 20",
        "0.1, 25000",
        "0.01, 1000",
        "0.01, 100000",
        "0.0001, 1000",
        "0.0001, 100000"
    })
    void theServerIsKeptBusyAndTheQueueShort(double bytesPerNano, long oneWayMicros) {
        SimulatedPath path = new SimulatedPath(bytesPerNano, oneWayMicros * 1000);
        path.utilizationDuring(5 * SECOND);

        assertThat(path.utilizationDuring(60 * SECOND)).isGreaterThan(0.95);

        // The floor, and what of two products of rate and round-trip time is not worked off while the first of it
        // arrives.
        double floor = Math.min(
                (InFlight.FLOOR + 2 * InFlight.MARK_EVERY) / bytesPerNano,
                Math.max(2 * 50 * MILLISECOND, 3 * InFlight.LEAST_FLOOR / bytesPerNano));
        assertThat(path.longestQueueNanos()).isLessThan((long) (floor + 2.2 * oneWayMicros * 1000));
    }

    @Test
    void aWayThatBecomesLongerIsFoundOut() {
        SimulatedPath path = new SimulatedPath(GIGABYTE_PER_SECOND, MILLISECOND / 10);
        path.utilizationDuring(5 * SECOND);
        path.becomesAsLongAs(25 * MILLISECOND);

        path.utilizationDuring(45 * SECOND);

        assertThat(path.utilizationDuring(10 * SECOND)).isGreaterThan(0.9);
    }

    @Test
    void aWayThatBecomesShorterIsFoundOut() {
        SimulatedPath path = new SimulatedPath(GIGABYTE_PER_SECOND, 25 * MILLISECOND);
        path.utilizationDuring(5 * SECOND);
        path.becomesAsLongAs(MILLISECOND / 10);

        path.utilizationDuring(45 * SECOND);
        path.utilizationDuring(10 * SECOND);

        assertThat(path.longestQueueNanos()).isLessThan(5 * MILLISECOND);
    }

    @Test
    void aServerThatNeverAnswersIsNotWaitedFor() {
        InFlight inFlight = new InFlight();
        inFlight.sent(InFlight.FLOOR);
        inFlight.marked(0);

        assertThat(inFlight.isFull(SECOND)).isTrue();
        assertThat(inFlight.isFull(InFlight.PATIENCE.toNanos())).isFalse();
    }

    @Test
    void aServerThatHasAnsweredIsWaitedFor() {
        InFlight inFlight = new InFlight();
        inFlight.sent(InFlight.MARK_EVERY);
        inFlight.marked(0);
        inFlight.answered(MILLISECOND);
        inFlight.sent(InFlight.FLOOR);
        inFlight.marked(MILLISECOND);

        assertThat(inFlight.isFull(SECOND + InFlight.PATIENCE.toNanos())).isTrue();
    }

    @Test
    void littleTrafficDoesNotMakeAServerSlow() {
        InFlight inFlight = new InFlight();
        for (long now = 0; now < 60 * SECOND; now += 100 * MILLISECOND) {
            inFlight.sent(100);
            if (inFlight.isMarkDue(now)) {
                inFlight.marked(now);
                inFlight.answered(now + MILLISECOND);
            }
        }
        inFlight.sent(InFlight.START - 30_000);
        inFlight.marked(60 * SECOND);

        assertThat(inFlight.isFull(60 * SECOND)).isFalse();
    }

    @Test
    void aNarrowLinkIsFoundOutBeforeMuchIsUnderWay() {
        SimulatedPath path = new SimulatedPath(125_000 / (double) SECOND, MILLISECOND);

        path.utilizationDuring(10 * SECOND);

        assertThat(path.longestQueueNanos()).isLessThan(SECOND);
    }

    @Test
    void aWideAndLongLinkIsFilledInAFewRoundTrips() {
        SimulatedPath path = new SimulatedPath(0.1, 50 * MILLISECOND);

        assertThat(path.utilizationDuring(3 * SECOND)).isGreaterThan(0.7);
    }

    @Test
    void withoutTrafficNothingIsAsked() {
        InFlight inFlight = new InFlight();
        inFlight.sent(100);
        assertThat(inFlight.isMarkDue(0)).isTrue();
        inFlight.marked(0);
        inFlight.answered(MILLISECOND);

        assertThat(inFlight.isMarkDue(60 * SECOND)).isFalse();
    }

    @Test
    void aRoundEndsWhenWhatWasSentAfterItsBeginIsWorkedOff() {
        InFlight inFlight = new InFlight();
        inFlight.sent(InFlight.MARK_EVERY);
        inFlight.marked(0);
        inFlight.sent(InFlight.MARK_EVERY);
        inFlight.marked(1);
        inFlight.answered(MILLISECOND);
        assertThat(inFlight.round()).isEqualTo(1);

        inFlight.sent(InFlight.MARK_EVERY);
        inFlight.marked(MILLISECOND);
        inFlight.answered(MILLISECOND);
        assertThat(inFlight.round()).isEqualTo(2);

        inFlight.answered(2 * MILLISECOND);
        assertThat(inFlight.round()).isEqualTo(3);
    }

    @Test
    void smallExchangesAskOncePerSpanOfTime() {
        InFlight inFlight = new InFlight();
        int questions = 0;
        for (long now = 0; now < 60 * SECOND; now += 100 * MILLISECOND) {
            inFlight.sent(100);
            if (inFlight.isMarkDue(now)) {
                questions++;
                inFlight.marked(now);
                inFlight.answered(now + MILLISECOND);
            }
        }
        assertThat(questions).isBetween(3, 4);
    }
}
