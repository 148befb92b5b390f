package dev.sshtunnels.report;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;

/**
 * The JSON of a report.
 *
 * <p>A report comes from a pod that its reader does not trust: size and depth are bounded and every type is checked.
 * Unknown properties are skipped, so that both sides can be of different versions.
 */
public final class ReportCodec {

    /** Largest report that is read, in bytes: room for thousands of forwards. */
    public static final int MAX_BYTES = 1 << 20;

    private ReportCodec() {}

    /** UTF-8 JSON; absent values are left out. */
    public static byte[] write(AgentReport report) {
        try {
            return JSON.std.asBytes(ReportTree.of(report));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /**
     * Reads one report to its end.
     *
     * @throws InvalidReportException when it is longer than {@link #MAX_BYTES}, no JSON object, or of wrong types
     * @throws IOException when reading fails
     */
    public static AgentReport read(InputStream json) throws IOException, InvalidReportException {
        byte[] bytes = json.readNBytes(MAX_BYTES + 1);
        if (bytes.length > MAX_BYTES) {
            throw new InvalidReportException("report is longer than " + MAX_BYTES + " bytes");
        }
        return read(bytes);
    }

    /** As {@link #read(InputStream)}. */
    public static AgentReport read(byte[] json) throws InvalidReportException {
        if (json.length > MAX_BYTES) {
            throw new InvalidReportException("report is longer than " + MAX_BYTES + " bytes");
        }
        Map<String, Object> tree;
        try {
            tree = JSON.std.mapFrom(json);
        } catch (IOException notJson) {
            throw new InvalidReportException("report is not a JSON object", notJson);
        }
        if (tree == null) {
            throw new InvalidReportException("report is empty");
        }
        return ReportTree.report(new ReportNode("report", tree));
    }
}
