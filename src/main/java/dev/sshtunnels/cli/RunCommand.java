package dev.sshtunnels.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sshtunnels.agent.Agent;
import dev.sshtunnels.agent.AgentSettings;
import dev.sshtunnels.agent.files.Inputs;
import dev.sshtunnels.agent.plan.InvalidDocumentsException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.Security;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sshtunnel run}. */
@Command(
        name = "run",
        description = {
            "Opens one SSH session and the forwards of all tunnels that use it, and keeps them up until it is ended.",
            "The documents are what 'kubectl apply' takes: one SshServer and any number of SshTunnels that name it, or"
                    + " one SshTunnel with the server inside. Changed files take effect at once; a change to one"
                    + " tunnel leaves the connections of the others alone."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        sortOptions = false,
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:ended by SIGTERM or SIGINT",
            "1:could not start, or an error of its own",
            "2:wrong input, nothing was started"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  sshtunnel run -f tunnel.yaml --identity ~/.ssh/id_ed25519 --known-hosts ~/.ssh/known_hosts",
            "  sshtunnel run -f tunnels/ --secrets secrets/ --management 127.0.0.1:8081"
        })
final class RunCommand implements Callable<Integer> {

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Option(
            names = {"-f", "--file"},
            required = true,
            paramLabel = "FILE",
            description = "Documents: a file, a directory (every *.yaml, *.yml and *.json in it), or - for standard"
                    + " input. May be given several times.")
    private List<String> files;

    @Option(
            names = "--identity",
            paramLabel = "FILE",
            description = "Private key to log in with, instead of the Secret that the server names.")
    private Path identity;

    @Option(
            names = "--known-hosts",
            paramLabel = "FILE",
            description = "known_hosts file to trust, instead of the Secret or ConfigMap that the server names.")
    private Path knownHosts;

    @Option(names = "--secrets", paramLabel = "DIR", description = "Secrets as files: DIR/<name of the Secret>/<key>.")
    private Path secrets;

    @Option(
            names = "--config-maps",
            paramLabel = "DIR",
            description = "ConfigMaps as files: DIR/<name of the ConfigMap>/<key>.")
    private Path configMaps;

    @Option(
            names = "--management",
            paramLabel = "HOST:PORT",
            converter = ListenAddress.class,
            description = "Serves GET /livez, /readyz, /status and /metrics there; :8081 means all addresses."
                    + " Not served when left out.")
    private InetSocketAddress management;

    @Option(
            names = "--shutdown-delay",
            paramLabel = "DURATION",
            converter = DurationOption.class,
            defaultValue = "0s",
            description = "For how long local listeners at least go on accepting after SIGTERM, while /readyz fails:"
                    + " load balancers learn of it late. Default: ${DEFAULT-VALUE}.")
    private Duration shutdownDelay;

    @Mixin
    private LogOptions logs;

    @Override
    public Integer call() throws IOException {
        logs.apply();
        forgetNames();
        Agent agent;
        try {
            agent = Agent.start(settings());
        } catch (InvalidDocumentsException invalid) {
            invalid.problems().forEach(spec.commandLine().getErr()::println);
            return CommandLine.ExitCode.USAGE;
        }
        return UntilSignal.await("agent", agent::close, agent.ended());
    }

    /**
     * Names are looked up anew for each connection, as ssh does. The JVM would go on for 30 s with addresses that a name
     * had, and for 10 s with a name that did not exist.
     */
    private static void forgetNames() {
        Security.setProperty("networkaddress.cache.ttl", "0");
        Security.setProperty("networkaddress.cache.negative.ttl", "0");
    }

    private AgentSettings settings() throws IOException {
        boolean fromStandardInput = files.contains("-");
        List<Path> paths =
                files.stream().filter(file -> !file.equals("-")).map(Path::of).toList();
        String text = fromStandardInput ? new String(System.in.readAllBytes(), UTF_8) : null;
        Inputs inputs = new Inputs(paths, text, identity, knownHosts, secrets, configMaps);
        return new AgentSettings(inputs, management, shutdownDelay);
    }
}
