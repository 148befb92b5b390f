package dev.sshtunnels.operator.follow;

import dev.sshtunnels.operator.status.Silence;
import dev.sshtunnels.report.AgentReport;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * All followers and the latest report of each agent. A follower is a virtual thread that sleeps in its poll, so an
 * idle agent costs nothing.
 *
 * @param <K> identifies a group of agents, those of one server
 */
public final class Followers<K> implements AutoCloseable {
    private final Map<String, Followed<K>> byUid = new ConcurrentHashMap<>();
    private final HttpReportSource source = new HttpReportSource();
    private final Listener<K> listener;

    /** Told after a report has changed. */
    public interface Listener<K> {

        /**
         * @param tunnels those whose report is another one
         * @param first whether it is the first that is known of an agent, be it that the agent does not answer
         */
        void changed(K group, Set<String> tunnels, boolean first);
    }

    public Followers(Listener<K> listener) {
        this.listener = listener;
    }

    private static final class Followed<K> {
        private final K group;
        private final AgentAddress agent;
        private final Thread thread;
        /** Whether nothing was known of its group when following it began. */
        private final boolean initial;

        private volatile Optional<AgentReport> report = Optional.empty();
        private volatile Optional<Silence> silence = Optional.empty();
        private volatile boolean asked;

        Followed(K group, AgentAddress agent, boolean initial, Followers<K> owner) {
            this.group = group;
            this.initial = initial;
            this.agent = agent;
            this.thread = Thread.ofVirtual()
                    .name("follow-" + agent.uid())
                    .unstarted(new Follower(agent, owner.source, new Follower.Ear() {
                        @Override
                        public void heard(AgentReport said) {
                            silence = Optional.empty();
                            owner.heard(Followed.this, Optional.of(said));
                        }

                        @Override
                        public void silent(String error) {
                            // The first error stands until it answers: what is shown must not change with each poll.
                            silence = silence.or(() -> Optional.of(new Silence(agent.authority(), error)));
                            owner.heard(Followed.this, Optional.empty());
                        }
                    }));
        }
    }

    /** Makes these the agents that are followed for a group; reports of others are forgotten. */
    public void follow(K group, Collection<AgentAddress> agents) {
        Set<AgentAddress> wanted = Set.copyOf(agents);
        byUid.values().stream()
                .filter(followed -> followed.group.equals(group) && !wanted.contains(followed.agent))
                .forEach(this::forget);
        boolean initial = byUid.values().stream().noneMatch(followed -> followed.group.equals(group) && followed.asked);
        for (AgentAddress agent : wanted) {
            var follower = new Followed<>(group, agent, initial, this);
            if (byUid.putIfAbsent(agent.uid(), follower) == null) {
                follower.thread.start();
            }
        }
    }

    /** Follows an agent no longer: its pod is gone, and somebody else may get its address. */
    public void forget(String uid) {
        Followed<K> followed = byUid.get(uid);
        if (followed != null) {
            forget(followed);
        }
    }

    /** The latest report of an agent. */
    public Optional<AgentReport> report(String uid) {
        Followed<K> followed = byUid.get(uid);
        return followed == null ? Optional.empty() : followed.report;
    }

    /** Why there is no report of an agent although it was asked more than once; empty while it answers. */
    public Optional<Silence> silence(String uid) {
        Followed<K> followed = byUid.get(uid);
        return followed == null ? Optional.empty() : followed.silence;
    }

    /**
     * Whether the agents of a group have just begun to be asked, so that a part of what is known of them would be taken
     * for the whole. One that joins later is not waited for.
     */
    public boolean pending(K group) {
        return byUid.values().stream()
                .anyMatch(followed -> followed.group.equals(group) && followed.initial && !followed.asked);
    }

    private void heard(Followed<K> followed, Optional<AgentReport> report) {
        Optional<AgentReport> before = followed.report;
        boolean first = !followed.asked;
        followed.report = report;
        followed.asked = true;
        if (first || !before.equals(report)) {
            listener.changed(followed.group, differing(before, report), first);
        }
    }

    /** Tunnels that are not the same in both. */
    private static Set<String> differing(Optional<AgentReport> before, Optional<AgentReport> now) {
        Map<String, Object> old = byName(before);
        Map<String, Object> fresh = byName(now);
        Set<String> names = ConcurrentHashMap.newKeySet();
        names.addAll(old.keySet());
        names.addAll(fresh.keySet());
        names.removeIf(name -> Objects.equals(old.get(name), fresh.get(name)));
        return Set.copyOf(names);
    }

    private static Map<String, Object> byName(Optional<AgentReport> report) {
        return report.map(said -> said.tunnels().stream()
                        .collect(Collectors.toMap(tunnel -> tunnel.name(), tunnel -> (Object) tunnel, (one, _) -> one)))
                .orElseGet(Map::of);
    }

    private void forget(Followed<K> followed) {
        byUid.remove(followed.agent.uid(), followed);
        followed.thread.interrupt();
    }

    @Override
    public void close() {
        byUid.values().forEach(this::forget);
        source.close();
    }
}
