package dev.sshtunnels.faults;

import dev.sshtunnels.faults.inject.FaultProxy;
import dev.sshtunnels.faults.inject.Site;
import dev.sshtunnels.testing.Sshd;
import dev.sshtunnels.testing.TcpServer;
import java.io.IOException;
import java.net.InetAddress;

/**
 * What most faults need: a server in a network of its own, an echo and a sink that it reaches, an agent with tunnels to
 * them, and a neighbour with an agent of its own.
 */
public final class Stage {

    /** The name of the tunnel, as {@link FaultAgent} knows it. */
    public static final String TUNNEL = "tunnel";

    /** The name of another one, whose target reads and says nothing. */
    public static final String SINK = "sink";

    private final FaultScenario scenario;
    private final Site site;
    private final Sshd server;
    private final TcpServer echo;
    private final TcpServer sink;
    private final FaultAgent neighbours;
    private FaultAgent agent;

    Stage(FaultScenario scenario, Site site, Sshd server, Sshd neighboursServer, int neighboursPort)
            throws IOException {
        this.scenario = scenario;
        this.site = site;
        this.server = server;
        this.echo = scenario.untilTheEnd(TcpServer.echo(InetAddress.getByName(site.here())));
        this.sink = scenario.untilTheEnd(TcpServer.sink(InetAddress.getByName(site.here())));
        this.neighbours =
                login(neighboursServer, site.address(), neighboursPort).start();
    }

    private FaultAgent login(Sshd sshd, String host, int port, String... specLines) throws IOException {
        return scenario.agent()
                .server(host, port, sshd.user(), sshd.hostKey("ed25519"), specLines)
                .local(TUNNEL, site.here(), echo.port())
                .local(SINK, site.here(), sink.port());
    }

    /** Starts the agent with further lines for its server's spec, and waits until all is up. */
    public Stage up(String... specLines) throws IOException {
        return upThrough(site.address(), server.port(), specLines);
    }

    /** The same, where the server is reached by another name or through a middlebox. */
    public Stage upThrough(String host, int port, String... specLines) throws IOException {
        prepared(host, port, specLines).start().awaitReady();
        return this;
    }

    /** The same through a middlebox, which ends with the test. */
    public FaultProxy proxied(String... specLines) throws IOException {
        FaultProxy proxy = proxy();
        upThrough(proxy.host(), proxy.port(), specLines);
        return proxy;
    }

    /** A middlebox before the server, which ends with the test. */
    public FaultProxy proxy() {
        return scenario.untilTheEnd(new FaultProxy(site.address(), server.port()));
    }

    /** The agent with its documents, not started. */
    public FaultAgent prepared(String host, int port, String... specLines) throws IOException {
        agent = login(server, host, port, specLines);
        return agent;
    }

    /** A case of a row, beside the neighbour. */
    public Incident incident(Row row, String what) throws IOException {
        neighbours.awaitReady();
        Neighbour neighbour = scenario.untilTheEnd(Neighbour.on(neighbours.port(TUNNEL)));
        return Incident.of(row, what).beside(neighbour, FaultScenario.GAP);
    }

    public Site site() {
        return site;
    }

    public Sshd server() {
        return server;
    }

    public FaultAgent agent() {
        return agent;
    }

    /** A port of {@code here} in the site; what connects to it is echoed. */
    public int echoPort() {
        return echo.port();
    }

    /** Whether a byte comes back through the tunnel, now. */
    public boolean passes() {
        return agent.passes(TUNNEL);
    }
}
