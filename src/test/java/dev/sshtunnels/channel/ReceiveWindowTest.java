package dev.sshtunnels.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReceiveWindowTest {

    private final WindowBudget budget = new WindowBudget();

    @Test
    void firstChannelsGetFullWindowsAtOnce() {
        assertThat(windows(4)).extracting(ReceiveWindow::open).containsOnly(Windows.MAX_WINDOW);
    }

    @Test
    void theMoreIsGrantedTheSmallerAWindowBegins() {
        assertThat(windows(2000)).extracting(ReceiveWindow::open).isSortedAccordingTo((one, other) -> other - one);
        assertThat(new ReceiveWindow(budget).open()).isEqualTo(WindowBudget.LEAST);
    }

    @Test
    void tenThousandPeersThatSendAllTheyMayStayWithinTheBudget() throws Exception {
        List<ReceiveWindow> windows = windows(10_000);
        long held = 0;
        for (int round = 0; round < 10; round++) {
            for (ReceiveWindow window : windows) {
                exchange(window);
            }
        }
        for (ReceiveWindow window : windows) {
            held += window.open();
            window.take(window.open());
        }
        assertThat(held).isEqualTo(budget.granted());
        assertThat(held).isLessThanOrEqualTo(WindowBudget.TOTAL + 10_000L * WindowBudget.LEAST);
    }

    @Test
    void windowThatIsUsedUpWhileItsReaderKeepsUpGrowsToTheLargest() throws Exception {
        windows(100);
        ReceiveWindow window = new ReceiveWindow(budget);
        int before = window.open();
        int rounds = 0;
        while (window.open() < Windows.MAX_WINDOW) {
            exchange(window);
            rounds++;
        }
        assertThat(before).isEqualTo(WindowBudget.MODEST);
        assertThat(rounds).as("it doubles").isEqualTo(5);
    }

    @Test
    void windowOfAReaderThatLagsBehindDoesNotGrow() throws Exception {
        windows(100);
        ReceiveWindow window = new ReceiveWindow(budget);
        int before = window.open();
        window.take(before);
        window.consumed(before - 1);
        window.adjusted();
        assertThat(window.open()).isEqualTo(before - 1);
    }

    @Test
    void windowThatIsNotUsedUpKeepsItsSize() throws Exception {
        ReceiveWindow window = new ReceiveWindow(budget);
        window.take(Windows.ADJUST_THRESHOLD);
        window.consumed(Windows.ADJUST_THRESHOLD);
        assertThat(window.isAdjustmentDue()).isTrue();
        assertThat(window.adjustment()).isEqualTo(Windows.ADJUST_THRESHOLD);
    }

    @Test
    void smallWindowIsAdjustedBeforeItIsEmpty() throws Exception {
        windows(2000);
        ReceiveWindow window = new ReceiveWindow(budget);
        window.take(window.open() / 2);
        window.consumed(WindowBudget.LEAST / 2 - 1);
        assertThat(window.isAdjustmentDue()).isFalse();
        window.consumed(1);
        assertThat(window.isAdjustmentDue()).isTrue();
    }

    @Test
    void largeWindowThatIsNotNeededShrinksWhenManyOthersNeedRoom() throws Exception {
        ReceiveWindow early = new ReceiveWindow(budget);
        windows(2000);
        for (int i = 0; i < 100; i++) {
            early.take(100 << 10);
            early.consumed(100 << 10);
            assertThat(early.adjustment()).isPositive();
            early.adjusted();
            if (early.open() < 512 << 10) {
                return;
            }
        }
        throw new AssertionError("still " + early.open());
    }

    @Test
    void bytesThatWaitCountUntilTheyHaveLeftEvenWhenTheChannelIsGone() throws Exception {
        ReceiveWindow window = new ReceiveWindow(budget);
        window.take(1000);
        window.end();
        assertThat(budget.granted()).isEqualTo(1000);
        window.consumed(400);
        assertThat(budget.granted()).isEqualTo(600);
        window.discard();
        assertThat(budget.granted()).isZero();
    }

    @Test
    void peerMayNotSendMoreThanItWasGranted() {
        ReceiveWindow window = new ReceiveWindow(budget);
        assertThatThrownBy(() -> window.take(window.open() + 1)).isInstanceOf(MalformedPacketException.class);
    }

    /** The peer sends all that it may, the reader takes all of it. */
    private static void exchange(ReceiveWindow window) throws MalformedPacketException {
        int bytes = window.open();
        window.take(bytes);
        window.consumed(bytes);
        window.adjusted();
    }

    private List<ReceiveWindow> windows(int count) {
        List<ReceiveWindow> windows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            windows.add(new ReceiveWindow(budget));
        }
        return windows;
    }
}
