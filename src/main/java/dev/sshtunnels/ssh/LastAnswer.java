package dev.sshtunnels.ssh;

/** What became of it when a server was last asked to let this user in with this key. */
enum LastAnswer {
    /** It was not asked, or what it said is no longer of interest. */
    NOT_ASKED,
    /** The connection ended before it answered. */
    MISSING,
    REFUSAL
}
