package dev.sshtunnels.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/** Runs a script of {@code dev/} to its end. */
public final class DevScript {

    /** How a script says that the machine lacks something; a person's machine may, a build server's may not. */
    private static final int UNAVAILABLE = 3;

    private DevScript() {}

    /** What a script left behind. */
    public record Result(int status, String output, String errors) {

        public String outputOfSuccess() {
            if (status != 0) {
                throw new AssertionError("exit code " + status + ": " + errors);
            }
            return output;
        }
    }

    /** Skips the test when the machine lacks what the script needs; with {@code CI=true} that is a failure. */
    public static Result run(String script, List<String> arguments) {
        try {
            Path errors = Files.createTempFile("dev-script", ".err");
            try {
                Process process = new ProcessBuilder(Stream.concat(Stream.of("dev/" + script), arguments.stream())
                                .toList())
                        .redirectError(errors.toFile())
                        .start();
                process.getOutputStream().close();
                String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                Result result = new Result(process.waitFor(), output, Files.readString(errors));
                if (result.status() == UNAVAILABLE) {
                    skip(result.errors().strip());
                }
                return result;
            } finally {
                Files.delete(errors);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while running dev/" + script, e);
        }
    }

    private static void skip(String reason) {
        if ("true".equals(System.getenv("CI"))) {
            Assertions.fail("CI=true, so that no test may be skipped, but: " + reason);
        }
        Assumptions.abort(reason);
    }
}
