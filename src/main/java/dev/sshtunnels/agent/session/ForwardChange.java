package dev.sshtunnels.agent.session;

import dev.sshtunnels.agent.plan.ForwardKey;
import dev.sshtunnels.forward.contract.OpenForward.Connections;
import dev.sshtunnels.tunnel.Forward;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One step from the forwards in force to those wanted. */
sealed interface ForwardChange {

    ForwardKey key();

    record Close(ForwardKey key, Connections connections) implements ForwardChange {}

    record Open(ForwardKey key, Forward forward) implements ForwardChange {}

    /**
     * The least steps: what is equal is not touched. Closing comes first, since a listener may move from one forward to
     * another. An edited forward's connections live on; a removed forward's do not, as its owner wants it gone.
     */
    static List<ForwardChange> between(Map<ForwardKey, Forward> inForce, Map<ForwardKey, Forward> wanted) {
        List<ForwardChange> changes = new ArrayList<>();
        inForce.forEach((key, forward) -> {
            if (!wanted.containsKey(key)) {
                changes.add(new Close(key, Connections.RESET));
            } else if (!wanted.get(key).equals(forward)) {
                changes.add(new Close(key, Connections.KEEP));
            }
        });
        wanted.forEach((key, forward) -> {
            if (!forward.equals(inForce.get(key))) {
                changes.add(new Open(key, forward));
            }
        });
        return changes;
    }
}
