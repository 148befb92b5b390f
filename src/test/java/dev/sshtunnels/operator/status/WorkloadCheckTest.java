package dev.sshtunnels.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sshtunnels.api.Reason;
import dev.sshtunnels.operator.status.AgentContainer.End;
import dev.sshtunnels.operator.status.AgentContainer.Trouble;
import dev.sshtunnels.report.SessionReport;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WorkloadCheckTest {

    private static final SessionReport OLDER = Facts.session(true, Reason.Connected, "up", 2);

    @ParameterizedTest
    @ValueSource(strings = {"ErrImagePull", "ImagePullBackOff", "InvalidImageName", "ErrImageNeverPull"})
    void anImageThatCannotBePulledIsTheReasonAndNotThatNobodyHasReported(String state) {
        var conditions = diagnosed(Facts.stuck(state, "no such image"));

        assertThat(Shown.of(conditions))
                .contains(
                        "WorkloadAvailable=False/ImagePullFailed",
                        "Ready=False/ImagePullFailed",
                        "Reconciling=True/ImagePullFailed");
        assertThat(Shown.message(conditions, "Ready")).isEqualTo("pod bastion-ssh-1: " + state + ": no such image");
    }

    @Test
    void aPodThatFitsNoNodeIsUnschedulable() {
        var conditions = diagnosed(Facts.stuck("Unschedulable", "0/3 nodes are available"));

        assertThat(Shown.of(conditions)).contains("Ready=False/Unschedulable", "Reconciling=True/Unschedulable");
        assertThat(Shown.message(conditions, "Ready")).contains("no node takes it: 0/3 nodes are available");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            QuotaExceeded       | Reconciling | pods "a" is forbidden: exceeded quota: small, requested: pods=1, used: pods=2, limited: pods=2
            QuotaExceeded       | Reconciling | pods "a" is forbidden: failed quota: small: must specify limits.cpu for: agent
            PodSecurityRejected | Stalled     | pods "a" is forbidden: violates PodSecurity "restricted:latest": runAsNonRoot != true
            DeploymentPending   | Reconciling | admission webhook "policy.example" denied the request: no
            """)
    void podsThatTheApiServerRefusesAreToldApart(Reason reason, String kstatus, String message) {
        var conditions =
                ServerStatuses.of(Facts.refusedPods(message), Facts.NOW).conditions();

        assertThat(Shown.of(conditions))
                .contains("WorkloadAvailable=False/" + reason, "Ready=False/" + reason, kstatus + "=True/" + reason);
        assertThat(Shown.message(conditions, "Ready")).contains(message);
    }

    @Test
    void anAgentThatCrashesAgainAndAgainIsShownWithItsLastWords() {
        var end = new End("Error", 1, "cannot listen on :8081", true);
        var conditions = diagnosed(Facts.ended("CrashLoopBackOff", end));

        assertThat(Shown.of(conditions)).contains("Ready=False/AgentCrashLooping", "Stalled=True/AgentCrashLooping");
        assertThat(Shown.message(conditions, "Ready")).contains("exit code 1, last words: cannot listen on :8081");
    }

    @Test
    void anAgentThatEndedOnceIsNoCrashLoop() {
        var conditions = diagnosed(Facts.ended("Error", new End("Error", 137, "", true)));

        assertThat(Shown.of(conditions)).contains("Ready=False/DeploymentPending");
        assertThat(Shown.message(conditions, "Ready")).contains("is started again: exit code 137");
    }

    @ParameterizedTest
    @ValueSource(strings = {"OOMKilled", "CrashLoopBackOff"})
    void anAgentWithoutEnoughMemorySaysWhichFieldToRaise(String state) {
        var conditions = diagnosed(Facts.ended(state, new End("OOMKilled", 137, "", true)));

        assertThat(Shown.of(conditions)).contains("Ready=False/AgentOutOfMemory", "Stalled=True/AgentOutOfMemory");
        assertThat(Shown.message(conditions, "Ready")).contains("limits.memory in spec.agent.template.resources");
    }

    @Test
    void whyAnAgentThatRunsWasStartedAgainIsStillSaid() {
        var conditions = diagnosed(running(Facts.connected(), new End("OOMKilled", 137, "", true)));

        assertThat(Shown.of(conditions)).contains("WorkloadAvailable=True/MinimumReplicasAvailable");
        assertThat(Shown.message(conditions, "WorkloadAvailable"))
                .startsWith("1 of 1 agents run; pod bastion-ssh-1 was started again after the agent ran out of memory");
    }

    @ParameterizedTest(name = "{0} ended {1} times: {3}")
    @CsvSource({
        "Error, 1, true, Progressing",
        "Error, 2, true, AgentCrashLooping",
        "Error, 2, false, Progressing",
        "OOMKilled, 1, false, AgentOutOfMemory"
    })
    void anAgentThatRunsOnceMoreKeepsTheReasonUntilItIsHeard(String how, int times, boolean early, Reason reason) {
        var conditions = diagnosed(Facts.startedAgain(new End(how, 137, "", early), times));

        assertThat(Shown.of(conditions)).contains("Ready=False/" + reason);
    }

    @Test
    void aPodThatIsReadyIsNotBlamedForItsPastWhileNobodyCanAskIt() {
        Agent agent = Facts.startedAgain(new End("OOMKilled", 137, "", true), 3);
        var conditions = diagnosed(new Agent(
                agent.pod(), true, true, agent.container(), agent.secrets(), agent.report(), agent.silence()));

        assertThat(Shown.of(conditions)).contains("WorkloadAvailable=True/MinimumReplicasAvailable");
    }

    @Test
    void aRolloutThatCannotGoOnIsTheReasonThoughTheFormerAgentRuns() {
        var conditions = diagnosed(Facts.agent(OLDER), Facts.stuck("ImagePullBackOff", "no such image"));

        assertThat(Shown.of(conditions)).contains("Ready=False/ImagePullFailed");
        assertThat(Shown.message(conditions, "Ready")).contains("The agents of the former version go on running");
    }

    @Test
    void aFurtherReplicaThatFindsNoNodeIsMentionedWhereTheOthersRun() {
        var conditions = diagnosed(Facts.agent(Facts.connected()), Facts.stuck("Unschedulable", "no room"));

        assertThat(Shown.of(conditions)).contains("Ready=True/Ready");
        assertThat(Shown.message(conditions, "WorkloadAvailable")).contains("1 of 1 agents run; pod", "no room");
    }

    @Test
    void aPodThatIsBeingStartedExplainsLessThanOneThatFails() {
        var conditions = diagnosed(Facts.stuck("ContainerCreating", ""), Facts.stuck("ErrImagePull", "no"));

        assertThat(Shown.of(conditions)).contains("Ready=False/ImagePullFailed");
    }

    private static List<Condition> diagnosed(Agent... agents) {
        return ServerStatuses.of(Facts.of(agents), Facts.NOW).conditions();
    }

    private static Agent running(SessionReport session, End lastEnd) {
        Agent agent = Facts.agent(session);
        var container = new AgentContainer(Optional.<Trouble>empty(), Optional.of(lastEnd), 1);
        return new Agent(agent.pod(), true, true, container, agent.secrets(), agent.report(), agent.silence());
    }
}
