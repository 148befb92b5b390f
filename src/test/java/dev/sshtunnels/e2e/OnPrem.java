package dev.sshtunnels.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The company's network behind its bastion, as {@code dev/onprem} builds it. */
final class OnPrem {

    private final Map<String, String> environment = new TreeMap<>();

    private OnPrem(String lines) {
        lines.lines().map(line -> line.split("=", 2)).forEach(pair -> environment.put(pair[0], pair[1]));
    }

    /** Starts it unless it runs. */
    static OnPrem up() {
        return new OnPrem(Script.dev("onprem", "up").orSkip());
    }

    /** One of the values that {@code dev/onprem env} prints, without the prefix {@code ONPREM_}. */
    String get(String name) {
        return environment.get("ONPREM_" + name);
    }

    String bastion() {
        return get("BASTION_HOST");
    }

    /** The private key that the bastion takes. */
    String clientKey() {
        return read("CLIENT_KEY");
    }

    /** Content of the file that one of the values names. */
    String read(String name) {
        try {
            return Files.readString(Path.of(get(name)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs a command in a host's network. */
    Script.Result exec(String host, String... command) {
        String[] arguments =
                Stream.concat(Stream.of("exec", host), Stream.of(command)).toArray(String[]::new);
        return Script.dev("onprem", arguments).run();
    }

    /** Whether something listens on a TCP port of the bastion. */
    boolean bastionListens(int port) {
        return !exec("bastion", "ss", "-Hltn", "sport = :" + port).orFail().isEmpty();
    }

    /** Starts a further sshd on the bastion with configuration and log of its own; its lines win over the fixture's. */
    BastionSshd sshd(String... configuration) {
        return BastionSshd.start(this, configuration);
    }
}
