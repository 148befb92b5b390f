package dev.sshtunnels.operator.reconcile;

import dev.sshtunnels.operator.desired.AgentDeployment;
import dev.sshtunnels.operator.follow.AgentAddress;
import dev.sshtunnels.operator.status.Agent;
import dev.sshtunnels.report.AgentReport;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.SecretVolumeSource;
import io.fabric8.kubernetes.api.model.Volume;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the cluster says of an agent's pod.
 *
 * @param address where it answers, once it has an address and runs
 * @param trouble why it does not run
 * @param secrets names of the Secrets among its volumes
 */
record PodState(
        String uid,
        String name,
        Optional<AgentAddress> address,
        boolean ready,
        Optional<String> trouble,
        Set<String> secrets) {

    static PodState of(Pod pod) {
        boolean runs = container(pod)
                .map(ContainerStatus::getState)
                .map(ContainerState::getRunning)
                .isPresent();
        String ip = pod.getStatus() == null ? null : pod.getStatus().getPodIP();
        String uid = pod.getMetadata().getUid();
        return new PodState(
                uid,
                pod.getMetadata().getName(),
                runs && ip != null
                        ? Optional.of(new AgentAddress(uid, ip, AgentDeployment.MANAGEMENT_PORT))
                        : Optional.empty(),
                condition(pod, "Ready")
                        .map(ready -> "True".equals(ready.getStatus()))
                        .orElse(false),
                trouble(pod),
                secrets(pod));
    }

    Agent with(Optional<AgentReport> report) {
        return new Agent(name, address.isPresent(), ready, trouble, secrets, report);
    }

    private static Set<String> secrets(Pod pod) {
        return pod.getSpec().getVolumes().stream()
                .map(Volume::getSecret)
                .filter(Objects::nonNull)
                .map(SecretVolumeSource::getSecretName)
                .collect(Collectors.toSet());
    }

    private static Optional<String> trouble(Pod pod) {
        Optional<String> unscheduled = condition(pod, "PodScheduled")
                .filter(scheduled -> "False".equals(scheduled.getStatus()))
                .map(scheduled -> scheduled.getReason() + ": " + scheduled.getMessage());
        return unscheduled.or(
                () -> container(pod).map(ContainerStatus::getState).flatMap(PodState::stopped));
    }

    private static Optional<String> stopped(ContainerState state) {
        if (state.getWaiting() != null) {
            String message = state.getWaiting().getMessage();
            return Optional.of(state.getWaiting().getReason() + (message == null ? "" : ": " + message));
        }
        if (state.getTerminated() != null) {
            return Optional.of("ended with exit code " + state.getTerminated().getExitCode());
        }
        return Optional.empty();
    }

    private static Optional<ContainerStatus> container(Pod pod) {
        return pod.getStatus() == null
                ? Optional.empty()
                : pod.getStatus().getContainerStatuses().stream().findFirst();
    }

    private static Optional<PodCondition> condition(Pod pod, String type) {
        return pod.getStatus() == null
                ? Optional.empty()
                : pod.getStatus().getConditions().stream()
                        .filter(condition -> type.equals(condition.getType()))
                        .findFirst();
    }
}
