package dev.sshtunnels.testing;

import java.util.stream.Stream;

/**
 * What a page of metrics says.
 *
 * @param text in the format of Prometheus
 */
public record Scrape(String text) {

    /**
     * The sum over all samples of a metric; 0 when there is none.
     *
     * @param series a name, or a name with all its labels in braces
     * @param labels as {@code reason="Drained"}; only samples with all of them count
     */
    public double sum(String series, String... labels) {
        return text.lines()
                .filter(line -> line.startsWith(series + "{") || line.startsWith(series + " "))
                .filter(line -> Stream.of(labels).allMatch(line::contains))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }
}
