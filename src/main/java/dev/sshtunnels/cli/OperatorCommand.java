package dev.sshtunnels.cli;

import dev.sshtunnels.management.LogFormat;
import dev.sshtunnels.management.Logs;
import dev.sshtunnels.operator.OperatorProcess;
import dev.sshtunnels.operator.OperatorSettings;
import dev.sshtunnels.operator.desired.AgentImage;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.slf4j.event.Level;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code sshtunnel operator}. */
@Command(
        name = "operator",
        description = {
            "Makes agents and Services for the SshServers and SshTunnels of a cluster, until it is ended.",
            "The cluster is the one of the pod it runs in, or of the kubeconfig. The chart sets everything that is"
                    + " needed here."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        sortOptions = false,
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {"0:ended by SIGTERM or SIGINT", "1:could not start", "2:wrong input, nothing was started"})
final class OperatorCommand implements Callable<Integer> {

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Option(
            names = "--image",
            paramLabel = "IMAGE",
            defaultValue = "${env:SSHTUNNELS_IMAGE}",
            description = "Image of the agents' pods, the same as the operator's. Default: $SSHTUNNELS_IMAGE.")
    private String image;

    @Option(
            names = "--image-pull-policy",
            paramLabel = "POLICY",
            defaultValue = "${env:SSHTUNNELS_IMAGE_PULL_POLICY:-IfNotPresent}",
            description = "When a node pulls it: Always, IfNotPresent or Never. Default: $SSHTUNNELS_IMAGE_PULL_POLICY,"
                    + " or IfNotPresent.")
    private String imagePullPolicy;

    @Option(
            names = "--watch-namespaces",
            paramLabel = "NAMESPACE",
            split = ",",
            defaultValue = "${env:SSHTUNNELS_WATCH_NAMESPACES}",
            description = "Namespaces to serve. Default: $SSHTUNNELS_WATCH_NAMESPACES, or all.")
    private List<String> watchNamespaces;

    @Option(
            names = "--leader-election",
            paramLabel = "true|false",
            arity = "1",
            defaultValue = "${env:SSHTUNNELS_LEADER_ELECTION:-false}",
            description = "Whether one of several operators leads, by a Lease in its own namespace."
                    + " Default: $SSHTUNNELS_LEADER_ELECTION, or false.")
    private boolean leaderElection;

    @Option(
            names = "--namespace",
            paramLabel = "NAMESPACE",
            defaultValue = "${env:POD_NAMESPACE}",
            description = "Own namespace, for the Lease. Default: $POD_NAMESPACE.")
    private String namespace;

    @Option(
            names = "--management",
            paramLabel = "HOST:PORT",
            converter = ListenAddress.class,
            defaultValue = ":8081",
            description = "Serves GET /livez, /readyz and /metrics there. Default: ${DEFAULT-VALUE}.")
    private InetSocketAddress management;

    @Option(
            names = "--log-format",
            paramLabel = "text|json",
            defaultValue = "text",
            description = "One line for each event, on standard output. Default: ${DEFAULT-VALUE}.")
    private LogFormat logFormat;

    @Option(
            names = "--log-level",
            paramLabel = "LEVEL",
            defaultValue = "info",
            description = "error, warn, info, debug or trace. Default: ${DEFAULT-VALUE}.")
    private Level logLevel;

    @Override
    public Integer call() throws IOException, InterruptedException {
        OperatorSettings settings = settings();
        Logs.configure(logFormat, logLevel);
        endWithTheProcess(OperatorProcess.run(settings));
        new CountDownLatch(1).await();
        return CommandLine.ExitCode.OK;
    }

    private OperatorSettings settings() {
        require(image, "--image is missing: name the image of the agents, such as the operator's own");
        if (leaderElection) {
            require(namespace, "--leader-election needs --namespace, the operator's own namespace");
        }
        return new OperatorSettings(
                new AgentImage(image, imagePullPolicy),
                namespaces(),
                leaderElection ? Optional.of(namespace) : Optional.empty(),
                management,
                OperatorSettings.FIELD_MANAGER);
    }

    private Set<String> namespaces() {
        return watchNamespaces == null
                ? Set.of()
                : watchNamespaces.stream().filter(name -> !name.isBlank()).collect(Collectors.toSet());
    }

    private void require(String value, String otherwise) {
        if (value == null || value.isBlank()) {
            throw new CommandLine.ParameterException(spec.commandLine(), otherwise);
        }
    }

    /** A signal is the way to end this command, so it is no failure: the JVM alone would exit with 128 + signal. */
    private static void endWithTheProcess(OperatorProcess operator) {
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            operator.close();
                            Runtime.getRuntime().halt(CommandLine.ExitCode.OK);
                        },
                        "shutdown"));
    }
}
