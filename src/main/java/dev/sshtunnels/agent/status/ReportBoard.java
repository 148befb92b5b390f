package dev.sshtunnels.agent.status;

import dev.sshtunnels.agent.plan.ForwardKey;
import dev.sshtunnels.agent.plan.PlanInForce;
import dev.sshtunnels.agent.session.SessionState;
import dev.sshtunnels.forward.contract.Exposure;
import dev.sshtunnels.forward.contract.ForwardState;
import dev.sshtunnels.report.AgentReport;
import dev.sshtunnels.tunnel.Finding;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

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
        private ForwardFacts facts = ForwardFacts.NONE;

        private Posting(ForwardKey key) {
            this.key = key;
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

    public Posting opened(ForwardKey key) {
        Posting posting = new Posting(key);
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
            Map<ForwardKey, ForwardFacts> facts = new HashMap<>();
            postings.values().forEach(posting -> facts.put(posting.key, posting.facts));
            AgentReport same = Reports.report(report.revision(), inForce, session, generation, facts);
            if (!same.equals(report)) {
                report = new AgentReport(report.revision() + 1, same.session(), same.tunnels());
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
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

    /** Why the agent cannot be used yet, in one line; empty when it can. */
    public Optional<String> notReady() {
        return Readiness.missing(current());
    }
}
