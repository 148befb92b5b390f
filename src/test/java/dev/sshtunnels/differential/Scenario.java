package dev.sshtunnels.differential;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/** The forwards that both contestants hold, one after the other, while something is observed. */
public final class Scenario {

    private final Contestant ssh;
    private final Contestant agent;
    private final List<Wanted> forwards;

    Scenario(List<Contestant> contestants, List<Wanted> forwards) {
        this.ssh = contestants.getFirst();
        this.agent = contestants.getLast();
        this.forwards = List.copyOf(forwards);
    }

    /** Something that can be seen of forwards in force; a value that equals another one of the same content. */
    public interface Observation<T> {
        T of(Session session) throws Exception;
    }

    /** Observes both and asserts that each saw exactly this. */
    public <T> void bothSee(T expected, Observation<T> observation) throws Exception {
        assertThat(sameOfBoth(observation)).as("%s", forwards).isEqualTo(expected);
    }

    /**
     * Observes both and asserts that the same was seen.
     *
     * @return what was seen, so that a test can also say that it is the right thing
     */
    public <T> T sameOfBoth(Observation<T> observation) throws Exception {
        T withSsh = seen(ssh, observation);
        T withAgent = seen(agent, observation);
        assertThat(withAgent)
                .withFailMessage("%s%n  with ssh:   %s%n  with agent: %s%n", forwards, withSsh, withAgent)
                .isEqualTo(withSsh);
        return withSsh;
    }

    /**
     * Observes both and asserts that they differ as is meant: a difference that has gone is an error too.
     *
     * @param reason why, with the section of the RFC, or the file of OpenSSH, that it comes from
     */
    public <T> void knowinglyDifferent(String reason, Observation<T> observation, T expectedOfSsh, T expectedOfAgent)
            throws Exception {
        assertThat(expectedOfAgent).as("no difference: %s", reason).isNotEqualTo(expectedOfSsh);
        assertThat(seen(ssh, observation))
                .as("ssh with %s (%s)", forwards, reason)
                .isEqualTo(expectedOfSsh);
        assertThat(seen(agent, observation))
                .as("the agent with %s (%s)", forwards, reason)
                .isEqualTo(expectedOfAgent);
    }

    private <T> T seen(Contestant contestant, Observation<T> observation) throws Exception {
        try (Session session = contestant.hold(forwards)) {
            return observation.of(session);
        }
    }
}
