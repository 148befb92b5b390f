package dev.sshtunnels.e2e;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A program with its arguments; {@link #dev} is a script of {@code dev/}. */
record Script(List<String> command, String input, Map<String, String> environment) {

    /** How a script says that the machine lacks something; a person's machine may, a build server's may not. */
    private static final int UNAVAILABLE = 3;

    private static final Duration PATIENCE = Duration.ofMinutes(10);

    /** What a program left behind. */
    record Result(int status, String output, String errors) {

        boolean succeeded() {
            return status == 0;
        }

        /** Standard output, stripped; fails the test when the program failed. */
        String orFail() {
            if (!succeeded()) {
                throw new AssertionError("exit code " + status + ": " + errors + output);
            }
            return output.strip();
        }
    }

    static Script of(String... command) {
        return new Script(List.of(command), "", Map.of());
    }

    static Script dev(String name, String... arguments) {
        return new Script(
                Stream.concat(Stream.of("dev/" + name), Stream.of(arguments)).toList(), "", Map.of());
    }

    Script input(String text) {
        return new Script(command, text, environment);
    }

    Script with(String variable, String value) {
        return new Script(command, input, Map.of(variable, value));
    }

    /** Runs it to its end. */
    Result run() {
        try {
            Path errors = Files.createTempFile("script", ".err");
            try {
                Process process = builder().redirectError(errors.toFile()).start();
                Thread.ofVirtual().start(() -> write(process));
                Thread watchdog = Thread.ofVirtual().start(() -> endWhenLate(process));
                String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                int status = process.waitFor();
                watchdog.interrupt();
                return new Result(status, output, Files.readString(errors));
            } finally {
                Files.delete(errors);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while running " + command, e);
        }
    }

    /** Runs it to its end and skips the test when the machine cannot do it, except on a build server. */
    String orSkip() {
        Result result = run();
        if (result.status() == UNAVAILABLE && !"true".equals(System.getenv("CI"))) {
            abort(result.errors().strip());
        }
        return result.orFail();
    }

    /** Starts it and leaves it running, with standard error going to standard output. */
    Process start() {
        try {
            return builder().redirectErrorStream(true).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ProcessBuilder builder() {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(environment);
        return builder;
    }

    private void write(Process process) {
        try (var stream = process.getOutputStream()) {
            stream.write(input.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // the program ended without reading; its exit code tells
        }
    }

    private static void endWhenLate(Process process) {
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
