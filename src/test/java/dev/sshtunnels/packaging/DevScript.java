package dev.sshtunnels.packaging;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Runs a script of {@code dev/} to its end. */
final class DevScript {

    /** How a script says that the machine lacks something; a person's machine may, a build server's may not. */
    private static final int UNAVAILABLE = 3;

    private DevScript() {}

    record Result(int status, String output, String errors) {

        String outputOfSuccess() {
            if (status != 0) {
                throw new AssertionError("exit code " + status + ": " + errors);
            }
            return output;
        }
    }

    static Result run(String script, List<String> arguments) throws IOException, InterruptedException {
        Path errors = Files.createTempFile("dev-script", ".err");
        try {
            Process process = new ProcessBuilder(Stream.concat(Stream.of("dev/" + script), arguments.stream())
                            .toList())
                    .redirectError(errors.toFile())
                    .start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            Result result = new Result(process.waitFor(), output, Files.readString(errors));
            if (result.status() == UNAVAILABLE && !"true".equals(System.getenv("CI"))) {
                abort(result.errors().strip());
            }
            return result;
        } finally {
            Files.delete(errors);
        }
    }
}
