package dev.sshtunnels.operator.desired;

import dev.sshtunnels.api.ForwardSpec;
import dev.sshtunnels.api.Mode;
import dev.sshtunnels.api.ServiceSpec;
import dev.sshtunnels.api.ServiceType;
import dev.sshtunnels.operator.kinds.SshServer;
import dev.sshtunnels.operator.kinds.SshTunnel;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.ServicePortBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The Services of a tunnel: its own, and those of single forwards. They map the user's port to the agents' port. */
public final class TunnelServices {
    private static final ServiceSpec DEFAULTS = new ServiceSpec(null, null, null, null, null, null, null);

    private TunnelServices() {}

    /** A port under which the cluster reaches a forward. */
    public record Published(String service, int port, ForwardSpec forward) {}

    /** What the tunnel publishes, in the order of its forwards; nothing for R and where the user wants no Service. */
    public static List<Published> published(SshTunnel tunnel) {
        ServiceSpec service = serviceSpec(tunnel);
        if (Boolean.FALSE.equals(service.enabled())) {
            return List.of();
        }
        String own = service.name() == null ? tunnel.getMetadata().getName() : service.name();
        return EffectiveForwards.of(tunnel.getSpec()).stream()
                .filter(forward -> forward.mode() != Mode.R)
                .map(forward -> new Published(serviceName(forward, own), servicePort(forward), forward))
                .toList();
    }

    /**
     * The Services for the ports of the book; a forward without a port yet is left out.
     *
     * @param server the server whose agents the Services select
     */
    public static List<Service> of(SshTunnel tunnel, SshServer server, PortBook book) {
        SortedMap<String, List<ServicePort>> ports = new TreeMap<>();
        for (Published published : published(tunnel)) {
            String forward = published.forward().name();
            book.port(tunnel.getMetadata().getName(), forward)
                    .ifPresent(agentPort -> ports.computeIfAbsent(published.service(), _ -> new ArrayList<>())
                            .add(port(forward, published.port(), agentPort)));
        }
        var services = new ArrayList<Service>();
        ports.forEach((name, servicePorts) -> services.add(service(tunnel, server, name, servicePorts)));
        return services;
    }

    private static Service service(SshTunnel tunnel, SshServer server, String name, List<ServicePort> ports) {
        ServiceSpec spec = serviceSpec(tunnel);
        ServiceType type = spec.type() == null ? ServiceType.ClusterIP : spec.type();
        return new ServiceBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(tunnel.getMetadata().getNamespace())
                .withLabels(Labels.over(spec.labels(), Labels.ofTunnel(tunnel)))
                .withAnnotations(spec.annotations().isEmpty() ? null : spec.annotations())
                .withOwnerReferences(Owner.reference(tunnel))
                .endMetadata()
                .withNewSpec()
                .withType(type.name())
                .withIpFamilyPolicy("PreferDualStack")
                .withSelector(Map.copyOf(Labels.agents(server)))
                .withPorts(ports)
                .endSpec()
                .build();
    }

    private static ServicePort port(String name, int port, int agentPort) {
        return new ServicePortBuilder()
                .withName(name)
                // Meshes would otherwise wait for the client to speak first, which MySQL's never does.
                .withAppProtocol("tcp")
                .withProtocol("TCP")
                .withPort(port)
                .withTargetPort(new IntOrString(agentPort))
                .build();
    }

    private static ServiceSpec serviceSpec(SshTunnel tunnel) {
        return tunnel.getSpec().service() == null ? DEFAULTS : tunnel.getSpec().service();
    }

    private static String serviceName(ForwardSpec forward, String own) {
        return forward.service() == null || forward.service().name() == null
                ? own
                : forward.service().name();
    }

    private static int servicePort(ForwardSpec forward) {
        return forward.service() == null || forward.service().port() == null
                ? forward.listen().port()
                : forward.service().port();
    }
}
