package dev.sshtunnels.bench.rig;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program that runs to its end, such as a load generator. */
public final class Tool implements AutoCloseable {

    private final List<String> command;
    private final Process process;
    private final Path output;

    private Tool(List<String> command, Process process, Path output) {
        this.command = command;
        this.process = process;
        this.output = output;
    }

    /** Starts it; its output goes to a file, so that reading it costs nothing while it measures. */
    public static Tool start(List<String> command) {
        try {
            Path output = Files.createTempFile("tool", ".out");
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .start();
            return new Tool(command, process, output);
        } catch (IOException e) {
            throw new BrokenException(command.getFirst() + " cannot be run", e);
        }
    }

    /** What it wrote to standard output and error. */
    public static String run(List<String> command, Duration patience) {
        try (Tool tool = start(command)) {
            return tool.await(patience);
        }
    }

    /**
     * Waits for its end.
     *
     * @return what it wrote
     * @throws BrokenException when it fails, or takes longer than it may
     */
    public String await(Duration patience) {
        try {
            boolean ended = process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
            String text = Files.readString(output, StandardCharsets.UTF_8);
            if (!ended) {
                throw new BrokenException(shown() + " takes longer than " + patience.toSeconds() + " s: " + text);
            }
            if (process.exitValue() != 0) {
                throw new BrokenException(shown() + " exited with " + process.exitValue() + ": " + text);
            }
            return text;
        } catch (IOException e) {
            throw new BrokenException(shown() + ": its output cannot be read", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BrokenException(shown() + ": interrupted", e);
        }
    }

    private String shown() {
        return String.join(" ", command);
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            Files.deleteIfExists(output);
        } catch (IOException e) {
            throw new BrokenException("cannot delete " + output, e);
        }
    }
}
