package dev.sshtunnels.bench.rig;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** {@code sshtunnel run} of the distribution that was built, with the options that it gives its JVM in a pod. */
public final class Agent implements Client {

    private final Path distribution;

    /**
     * The agent of a distribution.
     *
     * @param distribution the directory that has {@code bin/sshtunnel}
     */
    public Agent(Path distribution) {
        this.distribution = distribution;
    }

    @Override
    public String name() {
        return "agent";
    }

    @Override
    public List<String> command(Login login, List<Forward> forwards, Path directory) throws IOException {
        Path documents = directory.resolve("tunnel.yaml");
        Files.writeString(documents, documents(login, forwards));
        return List.of(
                distribution.resolve("bin/sshtunnel").toString(),
                "run",
                "-f",
                documents.toString(),
                "--identity",
                login.identity().toString(),
                "--known-hosts",
                login.knownHosts().toString());
    }

    private static String documents(Login login, List<Forward> forwards) {
        return """
                apiVersion: sshtunnels.dev/v1alpha1
                kind: SshServer
                metadata: {name: server}
                spec:
                  endpoints: [{host: %s, port: %d}]
                  user: %s
                  auth: {privateKeySecretRef: {name: key}}
                  hostKeys: {knownHostsFrom: {configMapRef: {name: known-hosts}}}
                ---
                apiVersion: sshtunnels.dev/v1alpha1
                kind: SshTunnel
                metadata: {name: bench}
                spec:
                  serverRef: {name: server}
                  forwards:
                """.formatted(login.host(), login.port(), login.user())
                + forwards.stream().map(Agent::item).collect(Collectors.joining());
    }

    private static String item(Forward forward) {
        String name = forward.route().name().toLowerCase(Locale.ROOT).replace('_', '-');
        return """
                  - name: %s
                    mode: %s
                    listen: {address: 127.0.0.1, port: %d}
                    target: {host: 127.0.0.1, port: %d}
                """.formatted(name, forward.letter(), forward.listen(), forward.target())
                .indent(2);
    }
}
