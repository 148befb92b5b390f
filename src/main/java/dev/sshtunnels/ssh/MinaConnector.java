package dev.sshtunnels.ssh;

import dev.sshtunnels.api.Reason;
import dev.sshtunnels.loop.EventLoop;
import dev.sshtunnels.ssh.crypto.JdkCryptography;
import dev.sshtunnels.ssh.login.KnownHosts;
import dev.sshtunnels.ssh.login.UnusableException;
import dev.sshtunnels.ssh.transport.LoopTransport;
import dev.sshtunnels.tunnel.HostPort;

/** Opens sessions with Apache MINA SSHD over the event loop. Thread-safe. */
public final class MinaConnector implements SshConnector {

    private final EventLoop loop;
    private final SshClients clients;

    public MinaConnector(EventLoop loop) {
        JdkCryptography.install();
        this.loop = loop;
        this.clients = new SshClients(new LoopTransport(loop));
    }

    @Override
    public SshConnection connect(Login login, Rejections earlier) throws LoginFailedException, InterruptedException {
        HostPort first = login.endpoints().getFirst();
        KnownHosts knownHosts;
        try {
            knownHosts = KnownHosts.parse(login.trust());
        } catch (UnusableException e) {
            throw new LoginFailedException(first, e.finding(), e);
        }
        HostPort furthest = first;
        PhaseFailure failure = null;
        for (HostPort endpoint : earlier.order(login.endpoints())) {
            try {
                return new LoginAttempt(loop, clients, login, knownHosts, endpoint, earlier.contains(endpoint)).run();
            } catch (PhaseFailure e) {
                if (failure == null || e.phase().compareTo(failure.phase()) > 0) {
                    furthest = endpoint;
                    failure = e;
                }
                if (e.finding().reason() == Reason.AuthenticationFailed) {
                    break;
                }
            }
        }
        throw new LoginFailedException(furthest, failure.finding(), failure);
    }
}
