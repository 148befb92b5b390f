package dev.sshtunnels.forward;

import dev.sshtunnels.forward.contract.ForwardListener;
import dev.sshtunnels.forward.contract.OpenForward;
import dev.sshtunnels.forward.local.AdmissionGate;
import dev.sshtunnels.ssh.SshConnection;
import dev.sshtunnels.tunnel.Checks;
import dev.sshtunnels.tunnel.Forward;

/** Puts forwards into force on a session. */
public interface ForwardOpener {

    /**
     * Opens one forward; returns at once, the listener hears the rest. When the session ends, the forward ends with it:
     * local listeners close and connections are reset.
     *
     * @param gate of the tunnel; who connects to an L or D listener has to pass it, and SOCKS clients are served by its
     *     rules
     * @param checks until {@link OpenForward#check} says otherwise
     */
    OpenForward open(
            SshConnection connection, Forward forward, AdmissionGate gate, Checks checks, ForwardListener listener);
}
