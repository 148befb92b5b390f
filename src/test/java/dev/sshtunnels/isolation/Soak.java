package dev.sshtunnels.isolation;

import java.time.Duration;

/** How long the sustained tests last. */
public final class Soak {

    /** Ten minutes; a shorter time helps while such a test is written. */
    public static final Duration DURATION = Duration.parse(System.getProperty("sshtunnels.sustained", "PT10M"));

    private Soak() {}
}
