package dev.sshtunnels.cli;

import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;

/** The end of commands that work until a signal comes: it is the way to end them, and so no failure. */
final class UntilSignal {

    private static final Logger LOG = LoggerFactory.getLogger(UntilSignal.class);

    private UntilSignal() {}

    /**
     * Waits; the process ends with it. The JVM alone would exit with 128 + signal.
     *
     * @param work its name in the log
     * @param close ends the work in order, after a signal
     * @param ended why the work cannot go on, should that happen
     * @return never
     */
    static int await(String work, Runnable close, CompletableFuture<String> ended) {
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            close.run();
                            Runtime.getRuntime().halt(CommandLine.ExitCode.OK);
                        },
                        "shutdown"));
        LOG.error("the {} ends: {}", work, ended.join());
        // Nothing is to be done any more, by no shutdown hook either.
        Runtime.getRuntime().halt(CommandLine.ExitCode.SOFTWARE);
        return CommandLine.ExitCode.SOFTWARE;
    }
}
