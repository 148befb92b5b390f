package dev.sshtunnels.bench.figure;

import java.util.Collection;

/** What several rounds gave, in the unit of their figure. */
public record Spread(double median, double min, double max) {

    /**
     * Of one value or more; the median of an even number is the middle of the two in the middle.
     *
     * @throws IllegalArgumentException when there is none
     */
    public static Spread of(Collection<Double> values) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException("no values");
        }
        double[] sorted =
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        int middle = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Spread(median, sorted[0], sorted[sorted.length - 1]);
    }
}
