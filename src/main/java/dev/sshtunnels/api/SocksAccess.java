package dev.sshtunnels.api;

import java.util.List;

/** Who may use a SOCKS listener and for which destinations. */
public record SocksAccess(ObjectRef credentialsSecretRef, List<String> allow) {
    public SocksAccess {
        allow = allow == null ? List.of() : List.copyOf(allow);
    }
}
