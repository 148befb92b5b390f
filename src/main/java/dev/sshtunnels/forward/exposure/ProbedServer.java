package dev.sshtunnels.forward.exposure;

import dev.sshtunnels.channel.Channels;
import dev.sshtunnels.ssh.LoginFacts;
import java.net.InetAddress;

/**
 * A server whose listeners are to be proved, and the way to it.
 *
 * @param login of the session
 * @param channels of the session
 */
public record ProbedServer(LoginFacts login, Channels channels) {

    /** The address that the session is connected to. */
    InetAddress address() {
        return login.server();
    }

    /** Which only agents of this login can make. */
    public ListenerProof proof() {
        return new ListenerProof(login.mac());
    }
}
