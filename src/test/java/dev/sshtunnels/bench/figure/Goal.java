package dev.sshtunnels.bench.figure;

import java.util.Locale;

/** What a figure is to reach. */
public sealed interface Goal {

    /**
     * At least {@code ratio} times as good as {@code ssh}.
     *
     * @param suffices the ratio that counts as reached, a little less where noise is larger than the difference
     */
    record Ratio(double ratio, double suffices) implements Goal {

        @Override
        public boolean met(double agent, double measured) {
            return measured >= suffices;
        }

        @Override
        public String toString() {
            String aim = String.format(Locale.ROOT, ratio < 5 ? "≥ %.1f" : "≥ %.0f", ratio);
            return suffices == ratio ? aim : aim + String.format(Locale.ROOT, " (level from %.2f)", suffices);
        }
    }

    /** At most so much, whatever {@code ssh} does; in the unit of the figure. */
    record AtMost(double limit, String unit) implements Goal {

        @Override
        public boolean met(double agent, double measured) {
            return agent <= limit;
        }

        @Override
        public String toString() {
            return String.format(Locale.ROOT, "≤ %.0f %s", limit, unit).strip();
        }
    }

    /** For information. */
    record None() implements Goal {

        @Override
        public boolean met(double agent, double measured) {
            return true;
        }

        @Override
        public String toString() {
            return "";
        }
    }

    /**
     * Whether it is reached.
     *
     * @param agent the agent's median, in the unit of the figure
     * @param measured how many times better the agent is
     */
    boolean met(double agent, double measured);

    static Goal ratio(double ratio) {
        return new Ratio(ratio, ratio);
    }

    /** Throughput of these noisy machines counts as level from 0.95. */
    static Goal level() {
        return new Ratio(1.0, 0.95);
    }
}
