package dev.sshtunnels.cli;

import dev.sshtunnels.management.LogFormat;
import dev.sshtunnels.management.Logs;
import org.slf4j.event.Level;
import picocli.CommandLine.Option;

/** The options for logs, the same for every command. */
final class LogOptions {

    @Option(
            names = "--log-format",
            paramLabel = "text|json",
            defaultValue = "text",
            description = "One line for each event, on standard output. Default: ${DEFAULT-VALUE}.")
    private LogFormat format;

    @Option(
            names = "--log-level",
            paramLabel = "LEVEL",
            defaultValue = "info",
            description = "error, warn, info, debug or trace. Default: ${DEFAULT-VALUE}.")
    private Level level;

    void apply() {
        Logs.configure(format, level);
    }
}
