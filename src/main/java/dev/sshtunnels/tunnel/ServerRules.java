package dev.sshtunnels.tunnel;

import dev.sshtunnels.api.AgentSpec;
import dev.sshtunnels.api.Auth;
import dev.sshtunnels.api.Endpoint;
import dev.sshtunnels.api.HostKeyPolicy;
import dev.sshtunnels.api.HostKeys;
import dev.sshtunnels.api.KeepAlive;
import dev.sshtunnels.api.KnownHostsSource;
import dev.sshtunnels.api.ObjectKeyRef;
import dev.sshtunnels.api.Reconnect;
import dev.sshtunnels.api.Rekey;
import dev.sshtunnels.api.SshServerSpec;
import java.util.List;

/** The rules of {@code crds/} for a server, for where no API server checks them. */
public final class ServerRules {

    private ServerRules() {}

    /**
     * What the spec breaks.
     *
     * @param path where the spec stands: {@code spec}, or {@code spec.server} of a tunnel
     */
    public static List<Violation> check(SshServerSpec spec, String path) {
        Checks checks = new Checks();
        checks.rule(!spec.endpoints().isEmpty(), path + ".endpoints", "is missing; name at least one endpoint")
                .rule(spec.endpoints().size() <= 8, path + ".endpoints", "must have at most 8 items")
                .required(path + ".user", spec.user())
                .shape(path + ".user", spec.user(), Shapes::user)
                .required(path + ".auth", spec.auth())
                .required(path + ".hostKeys", spec.hostKeys())
                .duration(path + ".connectTimeout", spec.connectTimeout(), "1s", "10m", "10s");
        for (int i = 0; i < spec.endpoints().size(); i++) {
            endpoint(checks, spec.endpoints().get(i), path + ".endpoints[" + i + "]");
        }
        auth(checks, spec.auth(), path + ".auth");
        hostKeys(checks, spec.hostKeys(), path + ".hostKeys");
        keepAlive(checks, spec.keepAlive(), path + ".keepAlive");
        reconnect(checks, spec.reconnect(), path + ".reconnect");
        rekey(checks, spec.rekey(), path + ".rekey");
        agent(checks, spec.agent(), path + ".agent");
        return checks.violations();
    }

    private static void endpoint(Checks checks, Endpoint endpoint, String path) {
        checks.required(path + ".host", endpoint.host())
                .shape(path + ".host", endpoint.host(), Shapes::host)
                .port(path + ".port", endpoint.port());
    }

    private static void auth(Checks checks, Auth auth, String path) {
        if (auth == null) {
            return;
        }
        boolean key = auth.privateKeySecretRef() != null;
        boolean generated = auth.generate() != null;
        checks.rule(
                        key || generated || auth.passwordSecretRef() != null,
                        path,
                        "set one of privateKeySecretRef, generate or passwordSecretRef; there is no other way to log in")
                .rule(
                        !key || !generated,
                        path,
                        "privateKeySecretRef and generate exclude each other; remove one of them")
                .rule(
                        auth.certificateSecretRef() == null || key || generated,
                        path,
                        "certificateSecretRef needs the private key it was issued for; set privateKeySecretRef or generate");
        if (key) {
            String at = path + ".privateKeySecretRef";
            checks.required(at + ".name", auth.privateKeySecretRef().name())
                    .shape(at + ".name", auth.privateKeySecretRef().name(), Shapes::objectName)
                    .shape(at + ".key", auth.privateKeySecretRef().key(), Shapes::objectKey)
                    .shape(at + ".passphraseKey", auth.privateKeySecretRef().passphraseKey(), Shapes::objectKey);
        }
        reference(checks, auth.certificateSecretRef(), path + ".certificateSecretRef");
        reference(checks, auth.passwordSecretRef(), path + ".passwordSecretRef");
    }

    private static void reference(Checks checks, ObjectKeyRef reference, String path) {
        if (reference != null) {
            checks.required(path + ".name", reference.name())
                    .shape(path + ".name", reference.name(), Shapes::objectName)
                    .shape(path + ".key", reference.key(), Shapes::objectKey);
        }
    }

    private static void hostKeys(Checks checks, HostKeys hostKeys, String path) {
        if (hostKeys == null) {
            return;
        }
        boolean strict = hostKeys.policy() == null || hostKeys.policy() == HostKeyPolicy.Strict;
        boolean trusting = hostKeys.knownHostsFrom() != null
                || !hostKeys.knownHosts().isEmpty()
                || !hostKeys.fingerprints().isEmpty();
        checks.rule(
                        !strict || trusting,
                        path,
                        "policy Strict needs knownHosts, knownHostsFrom or fingerprints; ssh-keyscan -t ed25519 HOST"
                                + " prints a line")
                .shapes(path + ".knownHosts", hostKeys.knownHosts(), Shapes::knownHostsLine)
                .shapes(path + ".fingerprints", hostKeys.fingerprints(), Shapes::fingerprint)
                .shape(path + ".alias", hostKeys.alias(), Shapes::host);
        KnownHostsSource source = hostKeys.knownHostsFrom();
        if (source != null) {
            String at = path + ".knownHostsFrom";
            checks.rule(
                    (source.secretRef() != null) != (source.configMapRef() != null),
                    at,
                    "set exactly one of secretRef and configMapRef");
            reference(checks, source.secretRef(), at + ".secretRef");
            reference(checks, source.configMapRef(), at + ".configMapRef");
        }
    }

    private static void keepAlive(Checks checks, KeepAlive keepAlive, String path) {
        if (keepAlive != null) {
            checks.duration(path + ".interval", keepAlive.interval(), "1s", "1h", "15s")
                    .range(path + ".countMax", keepAlive.countMax(), 1, 100);
        }
    }

    private static void reconnect(Checks checks, Reconnect reconnect, String path) {
        if (reconnect != null) {
            checks.duration(path + ".initialDelay", reconnect.initialDelay(), "100ms", "1h", "1s")
                    .duration(path + ".maxDelay", reconnect.maxDelay(), "100ms", "24h", "60s")
                    .duration(path + ".authFailureDelay", reconnect.authFailureDelay(), "1s", "24h", "60s")
                    .duration(path + ".resetAfter", reconnect.resetAfter(), "1s", "24h", "60s");
        }
    }

    private static void rekey(Checks checks, Rekey rekey, String path) {
        if (rekey != null) {
            checks.shape(path + ".bytes", rekey.bytes(), Shapes::rekeyBytes)
                    .duration(path + ".interval", rekey.interval(), "1m", "99999h", "1h");
        }
    }

    private static void agent(Checks checks, AgentSpec agent, String path) {
        if (agent != null) {
            checks.range(path + ".replicas", agent.replicas(), 1, 10)
                    .duration(path + ".drainTimeout", agent.drainTimeout(), "0s", "1h", "30s");
        }
    }
}
