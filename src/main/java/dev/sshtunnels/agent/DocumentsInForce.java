package dev.sshtunnels.agent;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The last good documents. Broken ones change nothing but what is said of them. Thread-safe. */
final class DocumentsInForce {

    private static final Logger log = LoggerFactory.getLogger(DocumentsInForce.class);

    private final DocumentLoader loader;
    private final ReportBoard board;
    private final AgentMetrics metrics;
    private volatile LoadedDocuments current;

    DocumentsInForce(DocumentLoader loader, LoadedDocuments first, ReportBoard board, AgentMetrics metrics) {
        this.loader = loader;
        this.current = first;
        this.board = board;
        this.metrics = metrics;
    }

    Plan plan() {
        return current.plan();
    }

    References references() {
        return current.references();
    }

    /** Files changed: reads all documents anew. One thread only. */
    void reload() {
        try {
            LoadedDocuments next = loader.load();
            boolean same = next.plan().equals(current.plan());
            current = next;
            metrics.keepOnly(next.plan().forwards().keySet());
            board.planned(next.plan(), null);
            log.atInfo().log(same ? "files changed" : "documents changed");
        } catch (InvalidDocumentsException invalid) {
            invalid.problems()
                    .forEach(problem -> log.atError()
                            .addKeyValue("problem", problem)
                            .log("changed documents are wrong; the last good ones stay in force"));
            board.planned(current.plan(), invalid.problems().getFirst());
        }
    }
}
