package dev.sshtunnels.api;

/** Types of the conditions in the status, in the order in which their failures decide {@link #Ready}. */
public enum ConditionType {
    /** The spec is valid, supported and permitted. */
    Accepted,
    /** Everything the spec names exists and can be used. */
    ResolvedRefs,
    /** The agents' Deployment has its pods. */
    WorkloadAvailable,
    /** An agent holds an authenticated SSH session. */
    Connected,
    /** Every forward is established. */
    ForwardsReady,
    /** The target answered the last connection or probe. */
    TargetReachable,
    /** Clients can reach the listener. */
    Exposed,
    /** The first byte can flow: the summary of all the others. */
    Ready
}
