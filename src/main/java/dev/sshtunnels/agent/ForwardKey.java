package dev.sshtunnels.agent;

/** A forward among those of all tunnels. */
record ForwardKey(String tunnel, String forward) {

    @Override
    public String toString() {
        return tunnel + "/" + forward;
    }
}
