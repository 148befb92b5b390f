package dev.sshtunnels.operator.reconcile;

import dev.sshtunnels.operator.follow.TextLimits;
import dev.sshtunnels.operator.status.AgentContainer;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads how an agent's container fares out of its pod. What the process said is not trusted, and shown limited. */
final class ContainerFacts {

    /** Of the end of what a process said; the last lines tell why it ended. Unit: characters. */
    private static final int LAST_WORDS = 400;

    private ContainerFacts() {}

    static AgentContainer of(Pod pod) {
        Optional<ContainerStatus> container = container(pod);
        return new AgentContainer(
                unscheduled(pod)
                        .or(() -> container.map(ContainerStatus::getState).flatMap(ContainerFacts::stopped)),
                container.flatMap(ContainerFacts::lastEnd));
    }

    static boolean runs(Pod pod) {
        return container(pod)
                .map(ContainerStatus::getState)
                .map(ContainerState::getRunning)
                .isPresent();
    }

    static Optional<PodCondition> condition(Pod pod, String type) {
        return pod.getStatus() == null
                ? Optional.empty()
                : pod.getStatus().getConditions().stream()
                        .filter(condition -> type.equals(condition.getType()))
                        .findFirst();
    }

    private static Optional<AgentContainer.Trouble> unscheduled(Pod pod) {
        return condition(pod, "PodScheduled")
                .filter(scheduled -> "False".equals(scheduled.getStatus()))
                .map(scheduled -> trouble(scheduled.getReason(), scheduled.getMessage()));
    }

    private static Optional<AgentContainer.Trouble> stopped(ContainerState state) {
        if (state.getWaiting() != null) {
            return Optional.of(
                    trouble(state.getWaiting().getReason(), state.getWaiting().getMessage()));
        }
        return Optional.ofNullable(state.getTerminated()).map(end -> trouble(end.getReason(), null));
    }

    private static AgentContainer.Trouble trouble(String reason, String message) {
        return new AgentContainer.Trouble(
                Objects.requireNonNullElse(reason, "Waiting"), message == null ? "" : TextLimits.text(message));
    }

    private static Optional<AgentContainer.End> lastEnd(ContainerStatus container) {
        return Stream.of(container.getState(), container.getLastState())
                .filter(Objects::nonNull)
                .map(ContainerState::getTerminated)
                .filter(Objects::nonNull)
                .findFirst()
                .map(ContainerFacts::end);
    }

    private static AgentContainer.End end(ContainerStateTerminated terminated) {
        return new AgentContainer.End(
                Objects.requireNonNullElse(terminated.getReason(), ""),
                terminated.getExitCode(),
                lastWords(terminated.getMessage()));
    }

    private static String lastWords(String message) {
        String said = message == null ? "" : message.strip();
        int left = said.length() - LAST_WORDS;
        return TextLimits.text(left <= 0 ? said : "..." + said.substring(left));
    }

    private static Optional<ContainerStatus> container(Pod pod) {
        return pod.getStatus() == null
                ? Optional.empty()
                : pod.getStatus().getContainerStatuses().stream().findFirst();
    }
}
