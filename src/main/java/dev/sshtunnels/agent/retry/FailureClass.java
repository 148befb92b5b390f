package dev.sshtunnels.agent.retry;

import dev.sshtunnels.api.Reason;

/** What an attempt that fails again would cost, and whom: that decides how soon it may be made. */
enum FailureClass {
    /**
     * No server was reached, it fell silent, or the session just broke: asking costs nobody anything. A server that is
     * merely slow is not asked often all the same, as such an attempt takes all of {@code connectTimeout}.
     */
    UNREACHABLE,
    /** The server has too many logins under way, and each one more keeps another out. */
    BUSY,
    /** The server answered, and something went wrong that may mend itself. */
    TRANSIENT,
    /** The server takes nobody from this address for a while; it counts no attempt, but wants few. */
    BANNED,
    /** A person has to mend it; servers count such attempts and ban the address. */
    REJECTED;

    static FailureClass of(Reason reason) {
        return switch (reason) {
            case DNSFailed,
                    ConnectTimeout,
                    ConnectionRefused,
                    Unreachable,
                    ConnectionReset,
                    HandshakeTimeout,
                    KeepAliveTimeout -> UNREACHABLE;
            case ServerBusy -> BUSY;
            case BannedByServer -> BANNED;
            case AuthenticationFailed, HostKeyUnknown, HostKeyMismatch, HostKeyRevoked, NoCommonAlgorithm -> REJECTED;
            default -> TRANSIENT;
        };
    }
}
