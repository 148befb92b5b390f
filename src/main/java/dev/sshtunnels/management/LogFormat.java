package dev.sshtunnels.management;

/** How a log event is written: both take exactly one line. */
public enum LogFormat {
    /** For people: {@code 2026-11-21T04:05:06.789Z INFO  message key=value}. */
    TEXT,
    /** For machines: one JSON object. */
    JSON
}
