package dev.sshtunnels.bench.figure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OutcomeTest {

    @Test
    void moreThroughputIsBetter() {
        assertThat(outcome(Figure.UP_1, 12, 10).ratio()).isEqualTo(1.2);
    }

    @Test
    void lessTimeProcessorAndMemoryAreBetter() {
        assertThat(outcome(Figure.HTTP_1_P99, 2, 40).ratio()).isEqualTo(20);
        assertThat(outcome(Figure.CPU_UP, 1, 0.5).ratio()).isEqualTo(0.5);
        assertThat(outcome(Figure.IDLE_MEMORY, 100, 300).ratio()).isEqualTo(3);
    }

    @Test
    void countsOfErrorsHaveARatioEvenWhenThereAreNone() {
        assertThat(outcome(Figure.BUSY_ERRORS, 0, 0).ratio()).isEqualTo(1);
        assertThat(outcome(Figure.BUSY_ERRORS, 0, 3).ratio()).isEqualTo(4);
        assertThat(outcome(Figure.BUSY_ERRORS, 3, 0).ratio()).isEqualTo(0.25);
    }

    @Test
    void throughputCountsAsLevelFromALittleBelowOne() {
        assertThat(outcome(Figure.UP_1, 9.5, 10).met()).isTrue();
        assertThat(outcome(Figure.UP_1, 9.4, 10).met()).isFalse();
    }

    @Test
    void everythingElseHasToReachItsRatio() {
        assertThat(outcome(Figure.PING_P50, 50, 50).met()).isTrue();
        assertThat(outcome(Figure.PING_P50, 51, 50).met()).isFalse();
        assertThat(outcome(Figure.HTTP_32_P99, 2, 39).met()).isFalse();
    }

    @Test
    void limitsHoldForTheAgentWhateverSshDoes() {
        assertThat(outcome(Figure.IDLE_MEMORY, 256, 8).met()).isTrue();
        assertThat(outcome(Figure.IDLE_MEMORY, 257, 336).met()).isFalse();
        assertThat(outcome(Figure.BUSY_ERRORS, 1, 50).met()).isFalse();
    }

    @Test
    void aFigureForInformationHasNoVerdict() {
        assertThat(outcome(Figure.START_FIRST_BYTE, 400, 200).verdict()).isEmpty();
        assertThat(outcome(Figure.START_FIRST_BYTE, 400, 200).met()).isTrue();
        assertThat(outcome(Figure.UP_1, 1, 2).verdict()).isEqualTo("not met");
        assertThat(outcome(Figure.UP_1, 2, 1).verdict()).isEqualTo("met");
    }

    static Outcome outcome(Figure figure, double agent, double ssh) {
        return new Outcome(figure, same(agent), same(ssh));
    }

    private static Spread same(double value) {
        return new Spread(value, value, value);
    }
}
