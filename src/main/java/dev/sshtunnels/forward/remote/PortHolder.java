package dev.sshtunnels.forward.remote;

/** Who has a port that the server does not let this agent listen on. */
enum PortHolder {
    /** An agent with the same login, which is alive. */
    ANOTHER_AGENT,
    /** A listener whose connections nobody serves: of a session whose client is gone. */
    SILENT,
    /** Somebody who answers in another way, or closes the connection. */
    STRANGER,
    /** Nobody listens at the addresses that were tried. */
    NOBODY,
    /** The server does not let this login connect there. */
    HIDDEN
}
