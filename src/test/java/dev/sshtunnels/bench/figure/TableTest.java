package dev.sshtunnels.bench.figure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {

    private static final List<Outcome> OUTCOMES = List.of(
            new Outcome(Figure.UP_1, new Spread(9.012, 8, 11.44), new Spread(10.6, 9.1, 12)),
            new Outcome(Figure.HTTP_1_P99, new Spread(0.14, 0.1, 0.2), new Spread(39.4, 38, 41.2)));

    @Test
    void aTerminalGetsColumns() {
        assertThat(new Table(OUTCOMES).text()).isEqualTo("""
                Figure                   Unit    Agent    (min–max)   ssh  (min–max)   Ratio  Goal
                throughput up, 1 stream  Gbit/s   9.01    8.00–11.4  10.6  9.10–12.0    0.85  ≥ 1.0 (level from 0.95)  not met
                HTTP p99, 1 connection   ms      0.140  0.100–0.200  39.4  38.0–41.2  281.43  ≥ 20                     met
                """);
    }

    @Test
    void aPageGetsMarkdown() {
        assertThat(new Table(OUTCOMES).markdown()).isEqualTo("""
                | Figure | Unit | Agent | (min–max) | ssh | (min–max) | Ratio | Goal |  |
                |---|---|---:|---:|---:|---:|---:|---|---|
                | throughput up, 1 stream | Gbit/s | 9.01 | 8.00–11.4 | 10.6 | 9.10–12.0 | 0.85 | ≥ 1.0 (level from 0.95) | not met |
                | HTTP p99, 1 connection | ms | 0.140 | 0.100–0.200 | 39.4 | 38.0–41.2 | 281.43 | ≥ 20 | met |
                """);
    }

    @Test
    void numbersHaveThreeSignificantDigits() {
        assertThat(List.of(0.0, 0.5123, 1.5, 12.34, 123.4, 12657.0).stream().map(Table::number))
                .containsExactly("0", "0.512", "1.50", "12.3", "123", "12,657");
    }
}
