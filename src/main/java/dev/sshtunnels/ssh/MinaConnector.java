package dev.sshtunnels.ssh;

import dev.sshtunnels.loop.EventLoop;
import dev.sshtunnels.ssh.crypto.JdkCryptography;
import dev.sshtunnels.ssh.login.KnownHosts;
import dev.sshtunnels.ssh.login.UnusableException;
import dev.sshtunnels.ssh.transport.LoopTransport;
import dev.sshtunnels.tunnel.HostPort;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

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
        Set<HostPort> silent = new HashSet<>();
        Deque<HostPort> next = new ArrayDeque<>(earlier.order(login.endpoints()));
        while (!next.isEmpty()) {
            HostPort endpoint = next.removeFirst();
            LastAnswer last = lastAnswer(endpoint, earlier, silent);
            try {
                return new LoginAttempt(loop, clients, login, knownHosts, endpoint, last).run();
            } catch (PhaseFailure e) {
                if (failure == null || e.isRefusal() || e.phase().compareTo(failure.phase()) > 0) {
                    furthest = endpoint;
                    failure = e;
                }
                if (e.isRefusal()) {
                    break;
                }
                // Asked once more, it lets us in, or it has shown that this is how it refuses.
                if (e.isUnanswered() && silent.add(endpoint)) {
                    next.addLast(endpoint);
                }
            }
        }
        throw new LoginFailedException(furthest, failure.finding(), failure);
    }

    private static LastAnswer lastAnswer(HostPort endpoint, Rejections earlier, Set<HostPort> silent) {
        if (earlier.contains(endpoint)) {
            return LastAnswer.REFUSAL;
        }
        return silent.contains(endpoint) ? LastAnswer.MISSING : LastAnswer.NOT_ASKED;
    }
}
