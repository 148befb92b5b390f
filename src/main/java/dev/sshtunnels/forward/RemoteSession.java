package dev.sshtunnels.forward;

import dev.sshtunnels.channel.Channels;
import dev.sshtunnels.ssh.LoginFacts;
import dev.sshtunnels.ssh.RemoteForwarding;
import dev.sshtunnels.tunnel.HostPort;

/**
 * What the R forwards of one session share.
 *
 * @param server the endpoint as configured
 * @param lost listeners that this agent had on sessions that were lost
 */
record RemoteSession(
        HostPort server,
        LoginFacts login,
        Channels channels,
        RemoteForwarding requests,
        RemoteListeners listeners,
        LostListeners lost) {

    ListenerProof proof() {
        return new ListenerProof(login.mac());
    }
}
