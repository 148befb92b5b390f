package dev.sshtunnels.agent.plan;

/** A forward among those of all tunnels. */
public record ForwardKey(String tunnel, String forward) {

    @Override
    public String toString() {
        return tunnel + "/" + forward;
    }
}
