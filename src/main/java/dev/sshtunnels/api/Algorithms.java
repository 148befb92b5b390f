package dev.sshtunnels.api;

import java.util.List;

/** Algorithm lists in order of preference. */
public record Algorithms(List<String> kex, List<String> ciphers, List<String> macs, List<String> hostKeys) {
    public Algorithms {
        kex = kex == null ? List.of() : List.copyOf(kex);
        ciphers = ciphers == null ? List.of() : List.copyOf(ciphers);
        macs = macs == null ? List.of() : List.copyOf(macs);
        hostKeys = hostKeys == null ? List.of() : List.copyOf(hostKeys);
    }
}
