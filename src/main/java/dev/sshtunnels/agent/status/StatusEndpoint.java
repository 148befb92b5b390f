package dev.sshtunnels.agent.status;

import dev.sshtunnels.management.Endpoint;
import dev.sshtunnels.management.Request;
import dev.sshtunnels.management.Response;
import dev.sshtunnels.report.ReportCodec;
import java.time.Duration;
import java.util.Optional;

/** {@code GET /status}: the report now; with {@code ?after=<revision>} as soon as it is another than that, or after 30 s. */
public record StatusEndpoint(ReportBoard board) implements Endpoint {

    private static final Duration LONGEST_POLL = Duration.ofSeconds(30);

    @Override
    public Response get(Request request) throws InterruptedException {
        Optional<String> after = request.parameter("after");
        if (after.isEmpty()) {
            return Response.json(ReportCodec.write(board.current()));
        }
        try {
            long revision = Long.parseLong(after.get());
            return Response.json(ReportCodec.write(board.await(revision, LONGEST_POLL)));
        } catch (NumberFormatException notANumber) {
            return Response.text(400, "after: give a revision, which is a whole number");
        }
    }
}
