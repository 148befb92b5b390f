package dev.sshtunnels.tunnel;

import dev.sshtunnels.api.Algorithms;
import dev.sshtunnels.api.EndpointPolicy;
import dev.sshtunnels.api.ForwardFailurePolicy;
import dev.sshtunnels.api.ForwardSpec;
import dev.sshtunnels.api.HostKeyPolicy;
import dev.sshtunnels.api.ServiceSpec;
import dev.sshtunnels.api.ServiceType;
import dev.sshtunnels.api.SshServerSpec;
import dev.sshtunnels.api.SshTunnelSpec;
import dev.sshtunnels.api.Target;
import java.util.ArrayList;
import java.util.List;

/** Fields that the schema has and this version does not act on: they are refused by name, never ignored. */
public final class NotSupportedYet {

    private final List<Violation> found = new ArrayList<>();

    private NotSupportedYet() {}

    /** Fields of a server that are set and not supported. */
    public static List<Violation> inServer(SshServerSpec spec, String path) {
        NotSupportedYet fields = new NotSupportedYet();
        fields.server(spec, path);
        return List.copyOf(fields.found);
    }

    /** Fields of a tunnel that are set and not supported. */
    public static List<Violation> inTunnel(SshTunnelSpec spec, String path) {
        NotSupportedYet fields = new NotSupportedYet();
        fields.tunnel(spec, path);
        if (spec.server() != null) {
            fields.server(spec.server(), path + ".server");
        }
        return List.copyOf(fields.found);
    }

    private void refuse(boolean set, String field) {
        if (set) {
            found.add(new Violation(field, "is not supported yet; remove it"));
        }
    }

    private void server(SshServerSpec spec, String path) {
        refuse(spec.endpointPolicy() == EndpointPolicy.All, path + ".endpointPolicy");
        if (spec.auth() != null) {
            refuse(spec.auth().certificateSecretRef() != null, path + ".auth.certificateSecretRef");
            refuse(spec.auth().passwordSecretRef() != null, path + ".auth.passwordSecretRef");
            refuse(spec.auth().generate() != null, path + ".auth.generate");
        }
        if (spec.hostKeys() != null) {
            HostKeyPolicy policy = spec.hostKeys().policy();
            refuse(policy != null && policy != HostKeyPolicy.Strict, path + ".hostKeys.policy");
        }
        refuse(spec.proxy() != null, path + ".proxy");
        refuse(Boolean.TRUE.equals(spec.compression()), path + ".compression");
        refuse(!isEmpty(spec.algorithms()), path + ".algorithms");
        refuse(spec.agent() != null && spec.agent().podDisruptionBudget() != null, path + ".agent.podDisruptionBudget");
        refuse(spec.probe() != null, path + ".probe");
        refuse(!spec.jump().isEmpty(), path + ".jump");
        String from = spec.allowedNamespaces() == null
                ? null
                : spec.allowedNamespaces().from();
        refuse(from != null && !from.equals("Same"), path + ".allowedNamespaces");
    }

    private static boolean isEmpty(Algorithms algorithms) {
        return algorithms == null
                || algorithms.kex().isEmpty()
                        && algorithms.ciphers().isEmpty()
                        && algorithms.macs().isEmpty()
                        && algorithms.hostKeys().isEmpty();
    }

    private void tunnel(SshTunnelSpec spec, String path) {
        refuse(spec.serverRef() != null && spec.serverRef().namespace() != null, path + ".serverRef.namespace");
        refuse(
                spec.probe() != null
                        && spec.probe().remote() != null
                        && spec.probe().remote().host() != null,
                path + ".probe.remote.host");
        refuse(spec.forwardFailurePolicy() == ForwardFailurePolicy.All, path + ".forwardFailurePolicy");
        refuse(spec.expireAt() != null, path + ".expireAt");
        service(spec.service(), path + ".service");
        refuse(spec.access() != null && spec.access().networkPolicy() != null, path + ".access.networkPolicy");
        target(spec.target(), path + ".target");
        refuse(!spec.dnsNames().isEmpty(), path + ".dnsNames");
        for (int i = 0; i < spec.forwards().size(); i++) {
            ForwardSpec forward = spec.forwards().get(i);
            String at = path + ".forwards[" + i + "]";
            target(forward.target(), at + ".target");
            refuse(!forward.dnsNames().isEmpty(), at + ".dnsNames");
        }
    }

    private void service(ServiceSpec service, String path) {
        if (service != null) {
            refuse(service.type() == ServiceType.Headless, path + ".type");
            refuse(!service.aliases().isEmpty(), path + ".aliases");
            refuse(service.trafficDistribution() != null, path + ".trafficDistribution");
        }
    }

    private void target(Target target, String path) {
        if (target != null) {
            refuse(
                    target.serviceRef() != null && target.serviceRef().namespace() != null,
                    path + ".serviceRef.namespace");
        }
    }
}
