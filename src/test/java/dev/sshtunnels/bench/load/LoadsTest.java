package dev.sshtunnels.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sshtunnels.bench.figure.Figure;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LoadsTest {

    @Test
    void everyFigureComesFromExactlyOneLoad() {
        assertThat(Stream.concat(Loads.near().stream(), Loads.far().stream()).flatMap(load -> load.figures().stream()))
                .containsExactlyInAnyOrder(Figure.values());
    }
}
