package dev.sshtunnels.ssh.transport;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PaddingTest {

    @Test
    void paddingFillsBlocksWithAtLeastFourBytes() {
        for (int bytes = 1; bytes < 200; bytes++) {
            int padding = Padding.length(bytes, 16);
            assertThat(padding).as("for %d bytes", bytes).isBetween(4, 19);
            assertThat((bytes + padding) % 16).isZero();
        }
    }
}
