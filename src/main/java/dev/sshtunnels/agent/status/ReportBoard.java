package dev.sshtunnels.agent.status;

import dev.sshtunnels.agent.plan.ForwardKey;
import dev.sshtunnels.agent.plan.PlanInForce;
import dev.sshtunnels.agent.session.SessionState;
import dev.sshtunnels.forward.contract.Exposure;
import dev.sshtunnels.forward.contract.ForwardState;
import dev.sshtunnels.report.AgentReport;
import dev.sshtunnels.tunnel.Finding;
import dev.sshtunnels.tunnel.Forward;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Gathers facts and keeps the report that follows from them. Thread-safe. */
public final class ReportBoard {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<ForwardKey, Posting> postings = new HashMap<>();
    private PlanInForce inForce;
    private SessionState session;
    private long generation;
    private AgentReport report;

    /** @param firstRevision larger than any that a former process of this agent had, so that none is taken for it */
    public ReportBoard(PlanInForce inForce, long firstRevision) {
        this.inForce = inForce;
        this.generation = inForce.plan().server().generation();
        this.session = new SessionState.Starting();
        this.report = Reports.report(firstRevision, inForce, session, generation, Map.of());
    }

    /** One forward in force; what is told of a former one of the same name is too late. */
    public final class Posting {

        private final ForwardKey key;
        private final Forward forward;
        private ForwardFacts facts = ForwardFacts.NONE;

        private Posting(ForwardKey key, Forward forward) {
            this.key = key;
            this.forward = forward;
        }

        public void state(ForwardState state) {
            update(() -> facts = facts.with(state));
        }

        public void target(Finding finding) {
            update(() -> facts = facts.with(finding));
        }

        public void exposure(Exposure exposure) {
            update(() -> facts = facts.with(exposure));
        }
    }

    public Posting opened(ForwardKey key, Forward forward) {
        Posting posting = new Posting(key, forward);
        update(() -> postings.put(key, posting));
        return posting;
    }

    public void closed(ForwardKey key) {
        update(() -> postings.remove(key));
    }

    /** Other documents are in force, or the same ones in other circumstances. */
    public void planned(PlanInForce now) {
        update(() -> inForce = now);
    }

    public void session(SessionState state, long ofGeneration) {
        update(() -> {
            session = state;
            generation = ofGeneration;
        });
    }

    private void update(Runnable change) {
        lock.lock();
        try {
            change.run();
            AgentReport same = worded(factsOfThePlan());
            if (!same.equals(report)) {
                report = new AgentReport(report.revision() + 1, same.problem(), same.session(), same.tunnels());
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Until the session has come to new documents, the listeners of the former ones are not what these ask for. */
    private Map<ForwardKey, ForwardFacts> factsOfThePlan() {
        Map<ForwardKey, Forward> wanted = inForce.plan().forwards();
        return facts(posting -> posting.forward.equals(wanted.get(posting.key)));
    }

    private Map<ForwardKey, ForwardFacts> facts(Predicate<Posting> counts) {
        return postings.values().stream()
                .filter(counts)
                .collect(Collectors.toMap(posting -> posting.key, posting -> posting.facts));
    }

    private AgentReport worded(Map<ForwardKey, ForwardFacts> facts) {
        return Reports.report(report.revision(), inForce, session, generation, facts);
    }

    public AgentReport current() {
        lock.lock();
        try {
            return report;
        } finally {
            lock.unlock();
        }
    }

    /** The report as soon as its revision is another than {@code known}, or the same one after {@code atMost}. */
    AgentReport await(long known, Duration atMost) throws InterruptedException {
        long left = atMost.toNanos();
        lock.lockInterruptibly();
        try {
            while (report.revision() == known && left > 0) {
                left = changed.awaitNanos(left);
            }
            return report;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Why the agent cannot be used yet, in one line; empty when it can. A listener that is about to be replaced still
     * takes clients.
     */
    public Optional<String> notReady() {
        lock.lock();
        try {
            return Readiness.missing(worded(facts(_ -> true)));
        } finally {
            lock.unlock();
        }
    }
}
