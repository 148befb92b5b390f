package dev.sshtunnels.ssh;

import dev.sshtunnels.tunnel.HostPort;
import java.util.concurrent.CompletionStage;

/** The global requests of RFC 4254 7.1. */
public interface RemoteForwarding {

    /**
     * Asks the server to listen.
     *
     * <p>The stage never completes exceptionally: a server that stays silent for 10 s has refused, and so has one whose
     * session ended.
     *
     * @param listen the address string goes out as it is ({@code *} for all addresses); port 0 lets the server choose
     */
    CompletionStage<Grant> request(HostPort listen);

    /** Asks the server to stop listening; {@code true} when it confirmed. The address must be the string asked with. */
    CompletionStage<Boolean> cancel(HostPort listen);

    /** The server's answer. */
    sealed interface Grant {
        /** What the server said in an SSH_MSG_DEBUG meanwhile, untrusted; empty when nothing. */
        String hint();

        /** Granted; {@code port} is the allocated one where 0 was asked. */
        record Granted(int port, String hint) implements Grant {
            public Granted(int port) {
                this(port, "");
            }
        }

        /** Refused. */
        record Refused(String hint) implements Grant {}
    }
}
