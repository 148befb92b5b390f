package dev.sshtunnels.operator.status;

import java.util.Optional;

/**
 * How the container of an agent fares, in the words of Kubernetes.
 *
 * @param trouble why it does not run; empty when it runs, or when nothing is known yet
 * @param lastEnd how its last run ended; empty when it has not ended yet
 * @param ends how often it has ended since its pod was made
 */
public record AgentContainer(Optional<Trouble> trouble, Optional<End> lastEnd, int ends) {

    /** Fewer may be an accident. */
    private static final int A_HABIT = 2;

    /** Whether another start alone is not expected to help, going by how the last ones ended. */
    boolean failsAgain() {
        return lastEnd.filter(end -> end.outOfMemory() || end.early() && ends >= A_HABIT)
                .isPresent();
    }

    /**
     * What keeps it from running.
     *
     * @param reason of the pod's condition PodScheduled, or of the container's state waiting or terminated, such as
     *     {@code ImagePullBackOff}
     * @param message more of it, empty for none
     */
    public record Trouble(String reason, String message) {

        @Override
        public String toString() {
            return message.isEmpty() ? reason : reason + ": " + message;
        }
    }

    /**
     * The end of a run.
     *
     * @param reason such as {@code Error}, {@code OOMKilled} or {@code Completed}
     * @param message the last words of the process, empty for none
     * @param early whether it came so soon that the kubelet waits longer before the next start than before this one
     */
    public record End(String reason, int exitCode, String message, boolean early) {

        boolean outOfMemory() {
            return reason.equals("OOMKilled");
        }

        @Override
        public String toString() {
            return "exit code " + exitCode + (message.isEmpty() ? "" : ", last words: " + message);
        }
    }
}
