package dev.sshtunnels.api;

/**
 * Every reason that a condition, an agent's report, an event or a metric can give: one closed list, so that each has
 * its place in the documentation.
 */
public enum Reason {
    // Accepted
    Accepted,
    InvalidSpec,
    NotSupportedYet,
    RemotePortConflict,
    ServiceNameTaken,
    ServerNameTaken,
    NoAgentPortFree,
    Suspended,
    // ResolvedRefs
    ResolvedRefs,
    ServerNotFound,
    ServerNotAccepted,
    SecretNotFound,
    SecretKeyMissing,
    InvalidPrivateKey,
    WrongPassphrase,
    InvalidCredentials,
    ConfigMapNotFound,
    InvalidKnownHosts,
    ServiceNotFound,
    ServicePortNotFound,
    // WorkloadAvailable
    MinimumReplicasAvailable,
    DeploymentPending,
    ImagePullFailed,
    Unschedulable,
    QuotaExceeded,
    PodSecurityRejected,
    AgentCrashLooping,
    AgentOutOfMemory,
    // Connected
    Connected,
    Connecting,
    DNSFailed,
    ConnectTimeout,
    ConnectionRefused,
    ConnectionReset,
    Unreachable,
    ServerBusy,
    BannedByServer,
    NotAnSshServer,
    HandshakeTimeout,
    HostKeyUnknown,
    HostKeyMismatch,
    HostKeyRevoked,
    NoCommonAlgorithm,
    AuthenticationFailed,
    ServerDisconnected,
    KeepAliveTimeout,
    ProtocolError,
    // ForwardsReady
    AllForwardsReady,
    PartiallyEstablished,
    Establishing,
    RemotePortInUse,
    RemotePortHeldByStaleSession,
    PrivilegedPort,
    ForwardingProhibited,
    LocalPortInUse,
    ListenFailed,
    // TargetReachable
    TargetConnected,
    TargetNotTried,
    TargetRefused,
    TargetUnreachable,
    TargetUnresolvable,
    TargetProhibited,
    TargetTimeout,
    // Exposed
    ServicePublished,
    NoServiceRequested,
    NoReadyEndpoints,
    Verified,
    LoopbackOnly,
    NotReachable,
    ProbeNotPermitted,
    NotVerified,
    // Ready
    Ready,
    Degraded,
    Progressing,
    // Clients that are not let in: metrics and log
    SourceNotAllowed,
    TooManyConnections,
    TooManyConnectionsFromSource
}
