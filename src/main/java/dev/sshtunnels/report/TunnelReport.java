package dev.sshtunnels.report;

import java.util.List;

/**
 * The forwards of one tunnel document.
 *
 * @param name {@code metadata.name}
 * @param uid {@code metadata.uid} of the document in force, null when it has none: a tunnel that was deleted and made anew
 *     has the name and perhaps the generation of the former one
 * @param generation {@code metadata.generation} of the document in force, 0 when it has none
 */
public record TunnelReport(String name, String uid, long generation, List<ForwardReport> forwards) {

    public TunnelReport {
        forwards = forwards == null ? List.of() : List.copyOf(forwards);
    }
}
