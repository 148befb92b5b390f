package dev.sshtunnels.faults;

import dev.sshtunnels.report.AgentReport;
import dev.sshtunnels.report.InvalidReportException;
import dev.sshtunnels.report.ReportCodec;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/** Every report of an agent, and when it came; it is asked for by long polls, as the operator does. */
final class ReportWatch implements AutoCloseable {

    private static final Duration BETWEEN_FAILURES = Duration.ofMillis(20);

    /** A report, and {@link System#nanoTime} when it was read. */
    record Seen(long nanos, AgentReport report) {}

    private final HttpClient client = HttpClient.newHttpClient();
    private final String status;
    private final List<Seen> seen = new CopyOnWriteArrayList<>();
    private final Thread thread;
    private volatile boolean closed;

    ReportWatch(int managementPort) {
        status = "http://127.0.0.1:" + managementPort + "/status";
        thread = Thread.ofVirtual().name("report watch").start(this::follow);
    }

    private void follow() {
        while (!closed) {
            try {
                add(ask());
            } catch (IOException | InvalidReportException notUp) {
                LockSupport.parkNanos(BETWEEN_FAILURES.toNanos());
            } catch (InterruptedException end) {
                return;
            }
        }
    }

    private AgentReport ask() throws IOException, InterruptedException, InvalidReportException {
        String query = seen.isEmpty() ? "" : "?after=" + seen.getLast().report().revision();
        HttpRequest request = HttpRequest.newBuilder(URI.create(status + query)).build();
        return ReportCodec.read(
                client.send(request, HttpResponse.BodyHandlers.ofByteArray()).body());
    }

    private void add(AgentReport report) {
        if (seen.isEmpty() || seen.getLast().report().revision() != report.revision()) {
            seen.add(new Seen(System.nanoTime(), report));
        }
    }

    /** The last one; empty before the first. */
    Optional<AgentReport> last() {
        return seen.isEmpty() ? Optional.empty() : Optional.of(seen.getLast().report());
    }

    /** The first one that came after a {@link System#nanoTime}, and is as wanted. */
    Optional<Seen> first(long since, Predicate<AgentReport> wanted) {
        return seen.stream()
                .filter(each -> each.nanos() - since >= 0 && wanted.test(each.report()))
                .findFirst();
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        client.shutdownNow();
    }
}
