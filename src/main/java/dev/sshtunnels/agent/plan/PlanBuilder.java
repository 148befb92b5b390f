package dev.sshtunnels.agent.plan;

import dev.sshtunnels.api.ForwardSpec;
import dev.sshtunnels.api.SshServerSpec;
import dev.sshtunnels.api.SshTunnelSpec;
import dev.sshtunnels.manifest.Document;
import dev.sshtunnels.manifest.Manifest;
import dev.sshtunnels.tunnel.Checks;
import dev.sshtunnels.tunnel.Forward;
import dev.sshtunnels.tunnel.Forwards;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Finds the one server and its tunnels among the documents; pure. */
final class PlanBuilder {

    private static final String ONE_SERVER = "an agent holds one session: give one SshServer and the SshTunnels that"
            + " name it, or one SshTunnel with the server inside";

    private final Manifest manifest;
    private final List<String> problems = new ArrayList<>();

    private PlanBuilder(Manifest manifest) {
        this.manifest = manifest;
    }

    static Plan plan(Manifest manifest) throws InvalidDocumentsException {
        PlanBuilder builder = new PlanBuilder(manifest);
        Plan.Server server = builder.server();
        manifest.tunnels().forEach(builder::refuseServices);
        if (!builder.problems.isEmpty()) {
            throw new InvalidDocumentsException(builder.problems);
        }
        return new Plan(
                server, manifest.tunnels().stream().map(PlanBuilder::tunnel).toList());
    }

    private Plan.Server server() {
        refuseTwins();
        List<Document<SshTunnelSpec>> inline = manifest.tunnels().stream()
                .filter(tunnel -> tunnel.spec().server() != null)
                .toList();
        if (manifest.servers().isEmpty() && inline.isEmpty()) {
            problems.add(nowhere());
            return null;
        }
        return manifest.servers().isEmpty() ? inlineServer(inline.getFirst()) : server(manifest.servers(), inline);
    }

    private String nowhere() {
        return manifest.tunnels().isEmpty()
                ? "the documents hold no SshServer and no SshTunnel; " + ONE_SERVER
                : at(manifest.tunnels().getFirst()) + "spec.serverRef.name: there is no SshServer \""
                        + manifest.tunnels().getFirst().spec().serverRef().name() + "\" among the documents; "
                        + ONE_SERVER;
    }

    private Plan.Server server(List<Document<SshServerSpec>> servers, List<Document<SshTunnelSpec>> inline) {
        Document<SshServerSpec> server = servers.getFirst();
        servers.stream()
                .skip(1)
                .forEach(other -> problems.add(at(other) + "metadata.name: a second SshServer beside \"" + server.name()
                        + "\"; " + ONE_SERVER));
        inline.forEach(tunnel -> problems.add(at(tunnel) + "spec.server: a second server beside the SshServer \""
                + server.name() + "\"; name that one in spec.serverRef instead"));
        for (Document<SshTunnelSpec> tunnel : manifest.tunnels()) {
            if (tunnel.spec().server() == null
                    && !tunnel.spec().serverRef().name().equals(server.name())) {
                problems.add(at(tunnel) + "spec.serverRef.name: \""
                        + tunnel.spec().serverRef().name() + "\" is not the SshServer \""
                        + server.name() + "\"; " + ONE_SERVER);
            }
        }
        return new Plan.Server(server.name(), server.generation(), server.spec(), position(server));
    }

    private Plan.Server inlineServer(Document<SshTunnelSpec> owner) {
        manifest.tunnels().stream()
                .filter(tunnel -> tunnel != owner)
                .forEach(other -> problems.add(at(other) + "metadata.name: a second SshTunnel beside \""
                        + owner.name()
                        + "\", which has its server inside; write that server as an SshServer and name it in both"));
        return new Plan.Server(owner.name(), owner.generation(), owner.spec().server(), position(owner));
    }

    /** Two namespaces may have a name each; an agent is for one. */
    private void refuseTwins() {
        Set<String> names = new HashSet<>();
        for (Document<SshTunnelSpec> tunnel : manifest.tunnels()) {
            if (!names.add(tunnel.name())) {
                problems.add(at(tunnel) + "metadata.name: a second SshTunnel \"" + tunnel.name()
                        + "\"; give it another name");
            }
        }
    }

    /** A Service is found by the operator, which hands an agent its address. */
    private void refuseServices(Document<SshTunnelSpec> tunnel) {
        for (ForwardSpec forward : Forwards.written(tunnel.spec())) {
            if (forward.target() != null && forward.target().serviceRef() != null) {
                problems.add(at(tunnel) + "target.serviceRef of forward \"" + forward.name() + "\": a Service of the"
                        + " cluster is known to the operator only; name it with target.host and target.port");
            }
        }
    }

    private static Plan.Tunnel tunnel(Document<SshTunnelSpec> document) {
        boolean suspended = Boolean.TRUE.equals(document.spec().suspend());
        List<Forward> forwards = suspended ? List.of() : Forwards.of(document.spec());
        return new Plan.Tunnel(
                document.name(),
                document.uid(),
                document.generation(),
                forwards,
                document.spec().access(),
                Checks.of(document.spec().probe()));
    }

    private static String at(Document<?> document) {
        return position(document) + ": ";
    }

    private static String position(Document<?> document) {
        return document.file() + ":" + document.line();
    }
}
