package dev.sshtunnels.ssh;

import dev.sshtunnels.api.AddressFamily;
import dev.sshtunnels.tunnel.HostPort;
import java.security.KeyPair;
import java.time.Duration;
import java.util.List;

/**
 * Everything that is needed to log in.
 *
 * @param endpoints tried in this order
 * @param identity the one key that is offered (ssh_config {@code IdentitiesOnly})
 * @param trust which host keys are accepted
 * @param connectTimeout bound on each phase that waits for the network: name, TCP connect, identification and key exchange,
 *     authentication
 * @param keepAliveInterval time of silence after which the server is asked
 * @param keepAliveCountMax number of unanswered questions after which it is given up
 * @param rekeyBytes bytes after which keys are renewed, 0 for the cipher's own limit
 * @param rekeyInterval time after which keys are renewed, zero for never
 */
public record Login(
        List<HostPort> endpoints,
        String user,
        KeyPair identity,
        HostKeyTrust trust,
        AddressFamily addressFamily,
        Duration connectTimeout,
        Duration keepAliveInterval,
        int keepAliveCountMax,
        long rekeyBytes,
        Duration rekeyInterval) {

    public Login {
        endpoints = List.copyOf(endpoints);
    }
}
