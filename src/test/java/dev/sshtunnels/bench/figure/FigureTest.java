package dev.sshtunnels.bench.figure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class FigureTest {

    @Test
    void noTwoFiguresShareATitle() {
        assertThat(Arrays.stream(Figure.values()).map(Figure::title)).doesNotHaveDuplicates();
    }

    @Test
    void wordsOfTheTitleChooseFigures() {
        assertThat(chosen("http-p99")).containsExactly(Figure.HTTP_1_P99, Figure.HTTP_32_P99);
        assertThat(chosen("Throughput up, 1 stream")).containsExactly(Figure.UP_1);
        assertThat(chosen("1,000 busy")).containsExactly(Figure.BUSY_REQUESTS, Figure.BUSY_P99, Figure.BUSY_ERRORS);
        assertThat(chosen("nothing-of-the-kind")).isEmpty();
    }

    private static Figure[] chosen(String words) {
        return Arrays.stream(Figure.values())
                .filter(figure -> figure.matches(words))
                .toArray(Figure[]::new);
    }
}
