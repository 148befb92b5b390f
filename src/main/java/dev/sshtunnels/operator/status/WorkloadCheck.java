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
        long running = facts.agents().stream().filter(Agent::running).count();
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
                .flatMap(agent -> agent.container().trouble().map(why -> of(agent, why)).stream())
                // That a pod is just being started explains less than anything else.
                .min(Comparator.comparing(finding -> finding.reason() == Reason.DeploymentPending))
                .filter(finding -> finding.reason() != Reason.DeploymentPending
                        || facts.podsRefused().isEmpty())
                .or(() -> facts.podsRefused().map(WorkloadCheck::refused));
    }

    private static Finding of(Agent agent, AgentContainer.Trouble trouble) {
        Optional<AgentContainer.End> end = agent.container().lastEnd();
        String pod = "pod " + agent.pod() + ": ";
        if (trouble.reason().equals(UNSCHEDULABLE)) {
            return new Finding(Reason.Unschedulable, pod + "no node takes it: " + trouble.message());
        }
        if (IMAGE.contains(trouble.reason())) {
            return new Finding(Reason.ImagePullFailed, pod + trouble);
        }
        if (end.filter(AgentContainer.End::outOfMemory).isPresent()) {
            return new Finding(Reason.AgentOutOfMemory, pod + "the agent " + outOfMemory());
        }
        if (trouble.reason().equals(BACKING_OFF)) {
            return new Finding(
                    Reason.AgentCrashLooping,
                    pod + "the agent ends again and again, and Kubernetes waits longer each time before it starts it"
                            + end.map(how -> ": " + how).orElse(""));
        }
        return new Finding(
                Reason.DeploymentPending,
                pod
                        + end.map(how -> "the agent ended and is started again: " + how)
                                .orElseGet(trouble::toString));
    }

    /** Read from the API server's sentence, which has no code of its own for it: {@code pods "x" is forbidden: ...}. */
    private static Finding refused(String message) {
        String said = "pods are refused: " + message;
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
