package dev.sshtunnels.bench.figure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class SamplesTest {

    private final Samples samples = new Samples();

    @Test
    void outcomesAreInTheOrderOfTheTableWithTheMediansOfBoth() {
        samples.addAgent(Map.of(Figure.PING_P50, 40.0, Figure.UP_1, 10.0));
        samples.addAgent(Map.of(Figure.UP_1, 12.0));
        samples.addSsh(Map.of(Figure.PING_P50, 50.0, Figure.UP_1, 11.0));

        assertThat(samples.outcomes())
                .containsExactly(
                        new Outcome(Figure.UP_1, new Spread(11, 10, 12), new Spread(11, 11, 11)),
                        new Outcome(Figure.PING_P50, new Spread(40, 40, 40), new Spread(50, 50, 50)));
    }

    @Test
    void aFigureThatOnlyOneOfThemHasIsNotCompared() {
        samples.addAgent(Map.of(Figure.UP_1, 10.0));

        assertThat(samples.outcomes()).isEmpty();
    }
}
