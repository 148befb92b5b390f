package dev.sshtunnels.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class RunCommandTest {

    private static final String SERVER = """
            apiVersion: sshtunnels.dev/v1alpha1
            kind: SshServer
            metadata: {name: bastion}
            spec:
              endpoints: [{host: bastion.example.com}]
              user: tunnel
              auth: {privateKeySecretRef: {name: bastion-key}}
              hostKeys: {fingerprints: ["SHA256:9A5UZUEDNnh9mvkXRr+dVN2N8fq1TqJnVn4j8nyuCPo"]}
            """;

    @TempDir
    Path directory;

    private final StringWriter err = new StringWriter();
    private final StringWriter out = new StringWriter();

    @Test
    void anUnknownFieldIsAnsweredWithFileLineFieldAndRemedy() throws IOException {
        Path file = write("tunnel.yaml", SERVER + """
                ---
                apiVersion: sshtunnels.dev/v1alpha1
                kind: SshTunnel
                metadata: {name: db}
                spec:
                  mode: L
                  serverRef: {name: bastion}
                  targett: {host: db.corp, port: 5432}
                """);

        assertThat(run("run", "-f", file.toString())).isEqualTo(2);
        assertThat(err.toString()).startsWith(file + ":16: spec.targett: ").contains("target");
    }

    @Test
    void aFieldThatIsNotSupportedYetIsRefusedByName() throws IOException {
        Path file = write("server.yaml", SERVER + "  compression: true\n");

        assertThat(run("run", "-f", file.toString())).isEqualTo(2);
        assertThat(err.toString()).contains(file + ":9: spec.compression: ").contains("not supported yet");
    }

    @Test
    void brokenYamlIsAnsweredWithItsLine() throws IOException {
        Path file = write("tunnel.yaml", "kind: SshTunnel\nspec: [\n");

        assertThat(run("run", "-f", file.toString())).isEqualTo(2);
        assertThat(err.toString()).startsWith(file + ":").contains("YAML");
    }

    @Test
    void aTunnelWithoutItsServerIsRefused() throws IOException {
        Path file = write("tunnel.yaml", """
                apiVersion: sshtunnels.dev/v1alpha1
                kind: SshTunnel
                metadata: {name: db}
                spec:
                  mode: L
                  serverRef: {name: bastion}
                  target: {host: db.corp, port: 5432}
                """);

        assertThat(run("run", "-f", file.toString())).isEqualTo(2);
        assertThat(err.toString())
                .contains(file + ":1: spec.serverRef.name: there is no SshServer \"bastion\" among the documents");
    }

    @Test
    void twoServersAreOneTooMany() throws IOException {
        write("a.yaml", SERVER);
        write("b.yaml", SERVER.replace("name: bastion}", "name: other}"));

        assertThat(run("run", "-f", directory.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("b.yaml:1: metadata.name: a second SshServer beside \"bastion\"");
    }

    @Test
    void aMissingFileIsNamed() {
        assertThat(run("run", "-f", "/nowhere/tunnel.yaml")).isEqualTo(2);
        assertThat(err.toString()).contains("/nowhere/tunnel.yaml: does not exist");
    }

    @Test
    void wrongOptionsAreRefusedWithWhatIsRight() {
        assertThat(run("run")).isEqualTo(2);
        assertThat(err.toString()).contains("--file").contains("Try 'sshtunnel run --help'");
        assertThat(run("run", "-f", "x", "--management", "8081")).isEqualTo(2);
        assertThat(err.toString()).contains("'8081' is not HOST:PORT, such as 127.0.0.1:8081 or :8081");
        assertThat(run("run", "-f", "x", "--log-format", "xml")).isEqualTo(2);
        assertThat(run()).isEqualTo(2);
    }

    @Test
    void helpNamesEveryOptionWithinEightyColumns() {
        assertThat(run("run", "--help")).isZero();

        assertThat(out.toString())
                .contains("--identity", "--known-hosts", "--secrets", "--config-maps", "--management", "--log-format")
                .contains("Exit status:");
        assertThat(out.toString().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
    }

    @Test
    void theOperatorNeedsToKnowItsImageAndWhereItsLeaseIs() {
        assertThat(run("operator", "--management", "x")).isEqualTo(2);
        assertThat(run("operator")).isEqualTo(2);
        assertThat(err.toString()).contains("--image");
        assertThat(run("operator", "--image", "i", "--leader-election", "true", "--lease-namespace", ""))
                .isEqualTo(2);
        assertThat(err.toString()).contains("--leader-election needs --lease-namespace");
    }

    @Test
    void versionIsOneLine() {
        assertThat(run("--version")).isZero();
        assertThat(out.toString()).matches("sshtunnel \\S+\\R");
    }

    private int run(String... arguments) {
        CommandLine command = Main.commandLine();
        command.setErr(new PrintWriter(err, true));
        command.setOut(new PrintWriter(out, true));
        return command.execute(arguments);
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text);
    }
}
