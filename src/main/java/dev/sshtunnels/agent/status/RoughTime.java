package dev.sshtunnels.agent.status;

import java.time.Duration;

/** Times as people say them. */
public final class RoughTime {

    private RoughTime() {}

    /** Rounded up to whole seconds, from two minutes on to whole minutes. */
    public static String words(Duration duration) {
        long seconds = Math.max(1, duration.plusMillis(999).toSeconds());
        return seconds < 120 ? seconds + " s" : (seconds + 59) / 60 + " min";
    }
}
