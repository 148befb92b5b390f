package dev.sshtunnels.cli;

import dev.sshtunnels.operator.OperatorProcess;
import dev.sshtunnels.operator.OperatorSettings;
import dev.sshtunnels.operator.desired.AgentImage;
import io.fabric8.kubernetes.client.Config;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** {@code sshtunnel operator}. It loads the operator's classes only when it is called: agents run without them. */
@Command(
        name = "operator",
        description = {
            "Runs agents for the SshServers and SshTunnels of a cluster and writes what becomes of them to their status.",
            "The cluster is that of the pod it runs in, or the one that KUBECONFIG names."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        sortOptions = false,
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {"0:ended by SIGTERM or SIGINT", "1:could not start, or lost the lease", "2:wrong input"})
final class OperatorCommand implements Callable<Integer> {

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Option(
            names = "--image",
            paramLabel = "IMAGE",
            required = true,
            defaultValue = "${env:SSHTUNNELS_IMAGE}",
            description = "Image of the agents' pods. Default: SSHTUNNELS_IMAGE.")
    private String image;

    @Option(
            names = "--image-pull-policy",
            paramLabel = "POLICY",
            defaultValue = "${env:SSHTUNNELS_IMAGE_PULL_POLICY:-IfNotPresent}",
            description = "Always, IfNotPresent or Never. Default: SSHTUNNELS_IMAGE_PULL_POLICY, or IfNotPresent.")
    private String imagePullPolicy;

    @Option(
            names = "--watch-namespaces",
            paramLabel = "NAMESPACE",
            split = ",",
            defaultValue = "${env:SSHTUNNELS_WATCH_NAMESPACES:-}",
            description = "Namespaces to watch, with commas between. Default: SSHTUNNELS_WATCH_NAMESPACES, or all.")
    private List<String> watchNamespaces = List.of();

    @Option(
            names = "--leader-election",
            paramLabel = "true|false",
            arity = "1",
            defaultValue = "${env:SSHTUNNELS_LEADER_ELECTION:-false}",
            description = "Whether several operators agree on one by a Lease. Default: SSHTUNNELS_LEADER_ELECTION, or"
                    + " false.")
    private boolean leaderElection;

    @Option(
            names = "--lease-namespace",
            paramLabel = "NAMESPACE",
            defaultValue = "${env:POD_NAMESPACE:-}",
            description = "Namespace of the Lease. Default: POD_NAMESPACE.")
    private String leaseNamespace;

    @Option(
            names = "--management",
            paramLabel = "HOST:PORT",
            converter = ListenAddress.class,
            defaultValue = "127.0.0.1:8081",
            description = "Serves GET /livez, /readyz and /metrics there; :8081 means all addresses. Default:"
                    + " ${DEFAULT-VALUE}.")
    private InetSocketAddress management;

    @Mixin
    private LogOptions logs;

    @Override
    public Integer call() throws IOException {
        if (leaderElection && leaseNamespace.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "--leader-election needs --lease-namespace");
        }
        logs.apply();
        OperatorProcess process = OperatorProcess.run(settings(), Config.autoConfigure(null));
        return UntilSignal.await("operator", process::close, process.ended());
    }

    private OperatorSettings settings() {
        Set<String> namespaces = watchNamespaces.stream()
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
        return new OperatorSettings(
                new AgentImage(image, imagePullPolicy),
                namespaces,
                leaderElection ? Optional.of(leaseNamespace) : Optional.empty(),
                management,
                OperatorSettings.FIELD_MANAGER);
    }
}
