package dev.sshtunnels.operator.resolve;

import dev.sshtunnels.api.ForwardSpec;
import dev.sshtunnels.api.Reason;
import dev.sshtunnels.api.ServiceRef;
import dev.sshtunnels.api.Target;
import dev.sshtunnels.tunnel.Finding;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Turns targets that are Services of the cluster into a host and a port that an agent can dial. */
final class TargetServices {
    private static final String HEADLESS = "None";
    private final String namespace;
    private final Function<String, Optional<Service>> services;

    /** @param services Services of this namespace by name */
    TargetServices(String namespace, Function<String, Optional<Service>> services) {
        this.namespace = namespace;
        this.services = services;
    }

    /**
     * @param forwards those that can be dialled
     * @param unresolved one finding for each of the others
     */
    record Resolved(List<ForwardSpec> forwards, List<Finding> unresolved) {}

    Resolved resolve(List<ForwardSpec> forwards) {
        var resolved = new ArrayList<ForwardSpec>();
        var unresolved = new ArrayList<Finding>();
        for (ForwardSpec forward : forwards) {
            if (forward.target() == null || forward.target().serviceRef() == null) {
                resolved.add(forward);
                continue;
            }
            switch (port(forward.target().serviceRef())) {
                case Port.Found(int number) -> resolved.add(dialling(forward, number));
                case Port.Missing(Finding finding) -> unresolved.add(finding);
            }
        }
        return new Resolved(resolved, unresolved);
    }

    private sealed interface Port {
        record Found(int number) implements Port {}

        record Missing(Finding finding) implements Port {}
    }

    private Port port(ServiceRef reference) {
        Optional<Service> service = services.apply(reference.name());
        if (service.isEmpty()) {
            return new Port.Missing(new Finding(
                    Reason.ServiceNotFound,
                    "target.serviceRef names Service " + reference.name() + ", which is not in namespace " + namespace
                            + "; create it or correct the name"));
        }
        if ("ExternalName".equals(service.get().getSpec().getType()) && isNumber(reference.port())) {
            return new Port.Found(Integer.parseInt(reference.port()));
        }
        return service.get().getSpec().getPorts().stream()
                .filter(port -> matches(port, reference.port()))
                .findFirst()
                .<Port>map(port -> new Port.Found(dialled(service.get(), port)))
                .orElseGet(() -> new Port.Missing(portNotFound(reference, service.get())));
    }

    private static boolean matches(ServicePort port, String wanted) {
        return wanted.equals(port.getName()) || wanted.equals(String.valueOf(port.getPort()));
    }

    /** The name of a headless Service leads to the pods themselves, past the Service's port mapping. */
    private static int dialled(Service service, ServicePort port) {
        boolean headless = HEADLESS.equals(service.getSpec().getClusterIP());
        Integer target =
                port.getTargetPort() == null ? null : port.getTargetPort().getIntVal();
        return headless && target != null ? target : port.getPort();
    }

    private ForwardSpec dialling(ForwardSpec forward, int port) {
        String host = forward.target().serviceRef().name() + "." + namespace + ".svc";
        return new ForwardSpec(
                forward.name(),
                forward.mode(),
                forward.listen(),
                forward.gateway(),
                new Target(host, port, null, null, null),
                forward.dnsNames(),
                forward.service());
    }

    private static Finding portNotFound(ServiceRef reference, Service service) {
        List<String> ports = service.getSpec().getPorts().stream()
                .map(port -> port.getName() == null ? "" + port.getPort() : port.getName() + "=" + port.getPort())
                .toList();
        return new Finding(
                Reason.ServicePortNotFound,
                "target.serviceRef names port " + reference.port() + " of Service " + reference.name() + ", which has "
                        + String.join(", ", ports) + "; use one of them");
    }

    private static boolean isNumber(String port) {
        return port.chars().allMatch(digit -> digit >= '0' && digit <= '9');
    }
}
