package dev.sshtunnels.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sshtunnels.operator.status.AgentContainer;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pods as the kubelet writes them. */
class ContainerFactsTest {

    private static final String RUNNING = "{running: {startedAt: \"2026-03-01T10:20:00Z\"}}";
    private static final String WAITING = "{waiting: {reason: CrashLoopBackOff}}";

    @ParameterizedTest(name = "{2} starts after the first, now {0}: ended {3} times")
    @CsvSource(delimiter = '|', textBlock = """
            %1$s | {}                                       | 0 | 0
            {terminated: {exitCode: 1, reason: Error}} | {} | 0 | 1
            %1$s | {terminated: {exitCode: 1, reason: Error}} | 1 | 1
            %2$s | {terminated: {exitCode: 1, reason: Error}} | 1 | 2
            %1$s | {terminated: {exitCode: 1, reason: Error}} | 2 | 2
            """)
    void endsAreCounted(String state, String lastState, int restarts, int ends) {
        String now = state.formatted(RUNNING, WAITING);

        assertThat(ContainerFacts.of(pod(now, lastState, restarts)).ends()).isEqualTo(ends);
    }

    @ParameterizedTest(name = "from {0} to {1}")
    @CsvSource({
        "2026-03-01T10:00:00Z, 2026-03-01T10:09:59Z, true",
        "2026-03-01T10:00:00Z, 2026-03-01T10:10:00Z, false",
        "1970-01-01T00:00:00Z, 2026-03-01T10:00:00Z, true"
    })
    void anEndIsEarlyWhenTheKubeletHoldsItAgainstTheContainer(String from, String to, boolean early) {
        String last = "{terminated: {exitCode: 1, reason: Error, startedAt: \"%s\", finishedAt: \"%s\"}}";

        AgentContainer container = ContainerFacts.of(pod(RUNNING, last.formatted(from, to), 1));

        assertThat(container.lastEnd()).map(AgentContainer.End::early).contains(early);
    }

    @Test
    void aNeighbourInThePodIsNotTakenForTheAgent() {
        Pod pod = Serialization.unmarshal("""
                status:
                  containerStatuses:
                    - {name: a-proxy, restartCount: 9, state: {waiting: {reason: ErrImagePull}}}
                    - {name: agent, restartCount: 0, state: %s}
                """.formatted(RUNNING), Pod.class);

        assertThat(ContainerFacts.runs(pod)).isTrue();
        assertThat(ContainerFacts.of(pod).trouble()).isEmpty();
    }

    private static Pod pod(String state, String lastState, int restarts) {
        return Serialization.unmarshal("""
                status:
                  containerStatuses:
                    - {name: agent, restartCount: %d, state: %s, lastState: %s}
                """.formatted(restarts, state, lastState), Pod.class);
    }
}
