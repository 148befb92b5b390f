package dev.sshtunnels.forward.remote;

import dev.sshtunnels.channel.Channels;
import dev.sshtunnels.forward.exposure.ListenerProof;
import dev.sshtunnels.forward.exposure.ProbedServer;
import dev.sshtunnels.ssh.LoginFacts;
import dev.sshtunnels.ssh.RemoteForwarding;
import dev.sshtunnels.tunnel.HostPort;

/**
 * What the R forwards of one session share.
 *
 * @param server the endpoint as configured
 * @param lost listeners that this agent had on sessions that were lost
 */
public record RemoteSession(
        HostPort server,
        LoginFacts login,
        Channels channels,
        RemoteForwarding requests,
        RemoteListeners listeners,
        LostListeners lost) {

    /** Where its listeners are to be proved. */
    ProbedServer probed() {
        return new ProbedServer(login, channels);
    }

    ListenerProof proof() {
        return probed().proof();
    }
}
