package dev.sshtunnels.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;

/** What a person would look at after a failed test, in {@code target/e2e/<test>.txt}; never a Secret. */
final class Diagnosis {

    private static final List<String> COMMANDS = List.of(
            "get sshservers,sshtunnels,pods,services,deployments -o wide",
            "get sshservers,sshtunnels -o yaml",
            "get events --sort-by=.lastTimestamp",
            "describe pods",
            "logs --selector=app.kubernetes.io/name=ssh-tunnel-agent --prefix --tail=200");

    private Diagnosis() {}

    static void write(ExtensionContext context, Kubectl kubectl, Operator operator) {
        String test = context.getRequiredTestClass().getSimpleName() + "." + context.getDisplayName();
        Stream<String> sections = COMMANDS.stream().map(command -> section(kubectl, command));
        String text = Stream.concat(sections, Stream.of("=== operator\n" + operator.log()))
                .collect(Collectors.joining("\n"));
        try {
            Path directory = Files.createDirectories(Path.of("target/e2e"));
            Path file = directory.resolve(test.replaceAll("[^A-Za-z0-9.]+", "-") + ".txt");
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String section(Kubectl kubectl, String command) {
        Script.Result result = kubectl.run(command.split(" "));
        return "=== kubectl " + command + "\n" + result.output() + result.errors();
    }
}
