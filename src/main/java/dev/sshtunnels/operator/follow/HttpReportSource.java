package dev.sshtunnels.operator.follow;

import dev.sshtunnels.report.AgentReport;
import dev.sshtunnels.report.InvalidReportException;
import dev.sshtunnels.report.ReportCodec;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * {@code GET /status?after=<revision>} on an agent. The agent is not trusted: redirects are not followed, and the size
 * and the duration of an answer are bounded to its last byte.
 */
final class HttpReportSource implements ReportSource, AutoCloseable {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    /** Longer than an agent holds a poll, so that an idle one does not look like a dead one. */
    private static final Duration POLL_TIMEOUT = Duration.ofSeconds(40);

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT_TIMEOUT)
            // Never through a proxy of the operator's own environment: pods are in the cluster.
            .proxy(HttpClient.Builder.NO_PROXY)
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .build();
    private final Duration timeout;

    HttpReportSource() {
        this(POLL_TIMEOUT);
    }

    HttpReportSource(Duration timeout) {
        this.timeout = timeout;
    }

    @Override
    public Optional<AgentReport> poll(AgentAddress agent, long after)
            throws IOException, InvalidReportException, InterruptedException {
        HttpResponse<byte[]> response = send(HttpRequest.newBuilder(agent.status(after))
                .header("Accept", "application/json")
                .GET()
                .build());
        return switch (response.statusCode()) {
            case 200 ->
                Optional.of(TextLimits.applied(ReportCodec.read(response.body())))
                        .filter(report -> report.revision() != after);
            case 204, 304 -> Optional.empty();
            default -> throw new IOException("the agent answers with HTTP status " + response.statusCode());
        };
    }

    private HttpResponse<byte[]> send(HttpRequest request) throws IOException, InterruptedException {
        CompletableFuture<HttpResponse<byte[]>> answer =
                client.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), ReportCodec.MAX_BYTES));
        try {
            return answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new IOException(words(e.getCause()), e.getCause());
        } catch (TimeoutException e) {
            throw new IOException("the agent does not answer within " + timeout.toSeconds() + " s", e);
        } finally {
            answer.cancel(true);
        }
    }

    /** The client has no words of its own for a connection that is refused. */
    private static String words(Throwable failure) {
        return switch (failure) {
            case HttpConnectTimeoutException _ ->
                "the connection was not answered within " + CONNECT_TIMEOUT.toSeconds() + " s";
            case ConnectException _ -> "the connection was refused or cannot be routed";
            default ->
                "the agent cannot be asked: "
                        + Objects.requireNonNullElse(
                                failure.getMessage(), failure.getClass().getSimpleName());
        };
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
