package dev.sshtunnels.operator.reconcile;

import dev.sshtunnels.operator.desired.AgentDeployment;
import dev.sshtunnels.operator.follow.TextLimits;
import dev.sshtunnels.operator.status.AgentContainer;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads how an agent's container fares out of its pod. What the process said is not trusted, and shown limited. */
final class ContainerFacts {

    /** Of the end of what a process said; the last lines tell why it ended. Unit: characters. */
    private static final int LAST_WORDS = 400;

    /** The kubelet forgives a container that has run for so long (pkg/kubelet/kubelet.go, MaxContainerBackOff, twice). */
    private static final Duration FORGIVEN_AFTER = Duration.ofMinutes(10);

    private ContainerFacts() {}

    static AgentContainer of(Pod pod) {
        Optional<ContainerStatus> container = container(pod);
        return new AgentContainer(
                unscheduled(pod)
                        .or(() -> container.map(ContainerStatus::getState).flatMap(ContainerFacts::stopped)),
                container.flatMap(ContainerFacts::lastEnd),
                container.map(ContainerFacts::ends).orElse(0));
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
                lastWords(terminated.getMessage()),
                isEarly(terminated));
    }

    private static boolean isEarly(ContainerStateTerminated terminated) {
        Instant started = time(terminated.getStartedAt());
        // One that could not be started at all has begun in 1970.
        return started.equals(Instant.EPOCH)
                || Duration.between(started, time(terminated.getFinishedAt())).compareTo(FORGIVEN_AFTER) < 0;
    }

    private static Instant time(String text) {
        return text == null ? Instant.EPOCH : Instant.parse(text);
    }

    /** The kubelet counts the starts after the first; each but the one that runs has ended. */
    private static int ends(ContainerStatus container) {
        boolean ended = lastEnd(container).isPresent();
        boolean runs = container.getState() != null && container.getState().getRunning() != null;
        return container.getRestartCount() + (ended && !runs ? 1 : 0);
    }

    private static String lastWords(String message) {
        String said = message == null ? "" : message.strip();
        int left = said.length() - LAST_WORDS;
        return TextLimits.text(left <= 0 ? said : "..." + said.substring(left));
    }

    /** Others may be beside it, that an admission webhook has put there. */
    private static Optional<ContainerStatus> container(Pod pod) {
        return pod.getStatus() == null
                ? Optional.empty()
                : pod.getStatus().getContainerStatuses().stream()
                        .filter(container -> AgentDeployment.CONTAINER.equals(container.getName()))
                        .findFirst();
    }
}
