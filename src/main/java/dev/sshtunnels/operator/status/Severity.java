package dev.sshtunnels.operator.status;

import dev.sshtunnels.api.Reason;
import java.util.EnumSet;
import java.util.Set;

/** What a reason asks for: a person, or patience. */
final class Severity {
    /** Found by an agent in the files it was given, so it is about what the spec refers to. */
    private static final Set<Reason> REFERENCES = EnumSet.of(
            Reason.SecretNotFound,
            Reason.SecretKeyMissing,
            Reason.InvalidPrivateKey,
            Reason.WrongPassphrase,
            Reason.InvalidCredentials,
            Reason.ConfigMapNotFound,
            Reason.InvalidKnownHosts);

    private static final Set<Reason> NEEDS_A_PERSON = EnumSet.of(
            Reason.InvalidSpec,
            Reason.NotSupportedYet,
            Reason.RemotePortConflict,
            Reason.ServiceNameTaken,
            Reason.ServerNameTaken,
            Reason.NoAgentPortFree,
            Reason.ServerNotFound,
            Reason.ServerNotAccepted,
            Reason.ServiceNotFound,
            Reason.ServicePortNotFound,
            Reason.PodSecurityRejected,
            Reason.AgentCrashLooping,
            Reason.AgentOutOfMemory,
            Reason.HostKeyUnknown,
            Reason.HostKeyMismatch,
            Reason.HostKeyRevoked,
            Reason.NoCommonAlgorithm,
            Reason.AuthenticationFailed,
            Reason.BannedByServer,
            Reason.ForwardingProhibited,
            Reason.PrivilegedPort,
            Reason.LoopbackOnly,
            Reason.NotReachable);

    private static final Set<Reason> TARGET_FAILED = EnumSet.of(
            Reason.TargetRefused,
            Reason.TargetUnreachable,
            Reason.TargetUnresolvable,
            Reason.TargetProhibited,
            Reason.TargetTimeout,
            Reason.NoAnswer,
            Reason.UnexpectedAnswer);

    private Severity() {}

    static boolean isReference(Reason reason) {
        return REFERENCES.contains(reason);
    }

    static boolean needsAPerson(Reason reason) {
        return NEEDS_A_PERSON.contains(reason) || REFERENCES.contains(reason);
    }

    static boolean isTargetFailure(Reason reason) {
        return TARGET_FAILED.contains(reason);
    }
}
