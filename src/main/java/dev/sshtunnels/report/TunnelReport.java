package dev.sshtunnels.report;

import java.util.List;

/**
 * The forwards of one tunnel document.
 *
 * @param name {@code metadata.name}
 * @param generation {@code metadata.generation} of the document in force, 0 when it has none
 */
public record TunnelReport(String name, long generation, List<ForwardReport> forwards) {

    public TunnelReport {
        forwards = forwards == null ? List.of() : List.copyOf(forwards);
    }
}
