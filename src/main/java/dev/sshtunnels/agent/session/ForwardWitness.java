package dev.sshtunnels.agent.session;

import dev.sshtunnels.agent.plan.ForwardKey;
import dev.sshtunnels.forward.contract.ForwardListener;
import dev.sshtunnels.tunnel.Forward;

/** Is told which forwards are put into force, and hears what happens with each. */
public interface ForwardWitness {

    /** A forward is about to be opened; the listener hears the rest, and counts its connections. */
    ForwardListener opened(ForwardKey key, Forward forward, OpenConnections connections);

    /** The forward is about to be closed; connections that it keeps may still end later. */
    void closed(ForwardKey key);
}
