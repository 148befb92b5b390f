package dev.sshtunnels.forward;

import dev.sshtunnels.ssh.SshConnection;
import dev.sshtunnels.tunnel.Forward;
import dev.sshtunnels.tunnel.SocksRules;
import java.util.function.Supplier;

/** Puts forwards into force on a session. */
public interface ForwardOpener {

    /**
     * Opens one forward; returns at once, the listener hears the rest. When the session ends, the forward ends with it:
     * local listeners close and connections are reset.
     *
     * @param socks rules for the clients of a SOCKS listener, asked for each anew
     */
    OpenForward open(SshConnection connection, Forward forward, Supplier<SocksRules> socks, ForwardListener listener);
}
