package dev.sshtunnels.operator.status;

import java.util.Optional;

/**
 * How the container of an agent fares, in the words of Kubernetes.
 *
 * @param trouble why it does not run; empty when it runs, or when nothing is known yet
 * @param lastEnd how its last run ended; empty when it has not ended yet
 */
public record AgentContainer(Optional<Trouble> trouble, Optional<End> lastEnd) {

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
     */
    public record End(String reason, int exitCode, String message) {

        boolean outOfMemory() {
            return reason.equals("OOMKilled");
        }

        @Override
        public String toString() {
            return "exit code " + exitCode + (message.isEmpty() ? "" : ", last words: " + message);
        }
    }
}
