package dev.sshtunnels.bench.figure;

/** Which of two values is the better one. */
public enum Better {
    HIGHER,
    LOWER,
    /** As {@link #LOWER}, for counts that may be zero: each counts as one more, so that there is a ratio. */
    FEWER;

    /** How many times better the agent is: above 1 when it is, 1 when both are level. */
    double ratio(double agent, double ssh) {
        return switch (this) {
            case HIGHER -> agent / ssh;
            case LOWER -> ssh / agent;
            case FEWER -> (ssh + 1) / (agent + 1);
        };
    }
}
