package dev.sshtunnels.operator.status;

import static dev.sshtunnels.api.ConditionType.WorkloadAvailable;

import dev.sshtunnels.api.Reason;
import dev.sshtunnels.tunnel.Finding;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Whether the agents' Deployment has its pods, and what keeps them from running. The names of states are those of the
 * kubelet (pkg/kubelet/images/types.go, pkg/kubelet/container/sync_result.go) and of the scheduler.
 */
final class WorkloadCheck {

    private static final Set<String> IMAGE = Set.of(
            "ErrImagePull",
            "ImagePullBackOff",
            "InvalidImageName",
            "ErrImageNeverPull",
            "ImageInspectError",
            "RegistryUnavailable",
            "SignatureValidationFailed");

    private static final String BACKING_OFF = "CrashLoopBackOff";
    private static final String UNSCHEDULABLE = "Unschedulable";

    private final ServerFacts facts;
    private final boolean heard;

    /** @param heard whether an agent speaks of the present version of the server */
    WorkloadCheck(ServerFacts facts, boolean heard) {
        this.facts = facts;
        this.heard = heard;
    }

    Check check() {
        long running = facts.agents().stream()
                .filter(agent -> agent.running() && !onTrial(agent))
                .count();
        Optional<Finding> trouble = trouble();
        if (running == 0) {
            return Check.failed(
                    WorkloadAvailable,
                    trouble.orElseGet(
                            () -> new Finding(Reason.DeploymentPending, "the Deployment has no pod that runs yet")));
        }
        if (!heard && trouble.isPresent()) {
            return Check.failed(
                    WorkloadAvailable,
                    trouble.get().reason(),
                    trouble.get().message() + ". The agents of the former version go on running");
        }
        return Check.passed(
                WorkloadAvailable,
                Reason.MinimumReplicasAvailable,
                Math.min(running, facts.replicas()) + " of " + facts.replicas() + " agents run"
                        + trouble.map(finding -> "; " + finding.message()).orElseGet(this::restarts));
    }

    /** What is the matter with the first pod that does not run; else why there is none. */
    private Optional<Finding> trouble() {
        return facts.agents().stream()
                .flatMap(agent -> trouble(agent).stream())
                // That a pod is just being started explains less than anything else.
                .min(Comparator.comparing(finding -> finding.reason() == Reason.DeploymentPending))
                .filter(finding -> finding.reason() != Reason.DeploymentPending
                        || facts.podsRefused().isEmpty())
                .or(() -> facts.podsRefused().map(WorkloadCheck::refused));
    }

    /**
     * Whether it is just being started once more after what is likely to end it again: until it has been heard, the
     * reason stays what it was, so that a status does not swing with each start.
     */
    private static boolean onTrial(Agent agent) {
        return agent.container().failsAgain()
                && !agent.ready()
                && agent.report().isEmpty();
    }

    private static Optional<Finding> trouble(Agent agent) {
        AgentContainer container = agent.container();
        String pod = "pod " + agent.pod() + ": ";
        return container
                .trouble()
                .flatMap(why -> unstarted(pod, why))
                .or(() -> onTrial(agent) || backsOff(container)
                        ? Optional.of(failing(pod, container.lastEnd()))
                        : Optional.empty())
                .or(() -> container.trouble().map(why -> pending(pod, why, container.lastEnd())));
    }

    private static boolean backsOff(AgentContainer container) {
        return container
                .trouble()
                .filter(why -> why.reason().equals(BACKING_OFF))
                .isPresent();
    }

    private static Optional<Finding> unstarted(String pod, AgentContainer.Trouble why) {
        if (why.reason().equals(UNSCHEDULABLE)) {
            return Optional.of(new Finding(Reason.Unschedulable, pod + "no node takes it: " + why.message()));
        }
        return IMAGE.contains(why.reason())
                ? Optional.of(new Finding(Reason.ImagePullFailed, pod + why))
                : Optional.empty();
    }

    private static Finding failing(String pod, Optional<AgentContainer.End> end) {
        if (end.filter(AgentContainer.End::outOfMemory).isPresent()) {
            return new Finding(Reason.AgentOutOfMemory, pod + "the agent " + outOfMemory());
        }
        return new Finding(
                Reason.AgentCrashLooping,
                pod + "the agent ends again and again, and Kubernetes waits longer each time before it starts it"
                        + end.map(how -> ": " + how).orElse(""));
    }

    private static Finding pending(String pod, AgentContainer.Trouble why, Optional<AgentContainer.End> end) {
        return new Finding(
                Reason.DeploymentPending,
                pod
                        + end.map(how -> "the agent ended and is started again: " + how)
                                .orElseGet(why::toString));
    }

    /** Read from the API server's sentence, which has no code of its own for it: {@code pods "x" is forbidden: ...}. */
    private static Finding refused(String message) {
        String said = "the API server refuses what the agents need: " + message;
        if (message.contains("exceeded quota") || message.contains("failed quota")) {
            return new Finding(
                    Reason.QuotaExceeded, said + ". Raise the ResourceQuota or lower spec.agent.template.resources");
        }
        return new Finding(
                message.contains("violates PodSecurity") ? Reason.PodSecurityRejected : Reason.DeploymentPending, said);
    }

    /** A container that was started anew while nobody looked: it is why connections were cut. */
    private String restarts() {
        List<String> ended = facts.agents().stream()
                .flatMap(agent -> agent.container().lastEnd().stream()
                        .map(end -> "; pod " + agent.pod() + " was started again after the agent "
                                + (end.outOfMemory() ? outOfMemory() : "ended with " + end)))
                .toList();
        return ended.isEmpty() ? "" : ended.getFirst();
    }

    private static String outOfMemory() {
        return "ran out of memory and was ended; raise limits.memory in spec.agent.template.resources";
    }
}
