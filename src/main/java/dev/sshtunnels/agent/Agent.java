package dev.sshtunnels.agent;

import dev.sshtunnels.agent.files.ContentHash;
import dev.sshtunnels.agent.files.FileWatch;
import dev.sshtunnels.agent.login.LoginResolver;
import dev.sshtunnels.agent.login.ServerTimes;
import dev.sshtunnels.agent.metrics.AgentMetrics;
import dev.sshtunnels.agent.metrics.MeasuredConnector;
import dev.sshtunnels.agent.observation.AuditLog;
import dev.sshtunnels.agent.observation.Observation;
import dev.sshtunnels.agent.plan.DocumentLoader;
import dev.sshtunnels.agent.plan.InvalidDocumentsException;
import dev.sshtunnels.agent.plan.LoadedDocuments;
import dev.sshtunnels.agent.plan.PlanInForce;
import dev.sshtunnels.agent.session.SessionEnd;
import dev.sshtunnels.agent.session.SessionForwards;
import dev.sshtunnels.agent.session.SessionSupervisor;
import dev.sshtunnels.agent.session.TunnelGates;
import dev.sshtunnels.agent.status.ReportBoard;
import dev.sshtunnels.agent.status.StatusEndpoint;
import dev.sshtunnels.forward.ForwardOpener;
import dev.sshtunnels.forward.LoopForwardOpener;
import dev.sshtunnels.loop.EventLoop;
import dev.sshtunnels.management.Endpoints;
import dev.sshtunnels.management.Health;
import dev.sshtunnels.management.ManagementServer;
import dev.sshtunnels.management.ProcessMetrics;
import dev.sshtunnels.ssh.MinaConnector;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running agent: one event loop, one supervisor, one watcher of files, and the management endpoints. */
public final class Agent implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Agent.class);
    private static final Duration COMPARE_FILES_EVERY = Duration.ofSeconds(10);

    private final EventLoop loop;
    private final ReportBoard board;
    private final Thread supervisor;
    private final Thread watcher;
    private final ManagementServer management;
    private final CompletableFuture<String> ended = new CompletableFuture<>();
    private volatile boolean started;
    private volatile boolean stopping;

    /**
     * Reads the documents, then starts; returns before the session is up.
     *
     * @throws InvalidDocumentsException when the documents are wrong; nothing has been started then
     * @throws IOException when the management address cannot be bound; nothing has been started then
     */
    public static Agent start(AgentSettings settings) throws InvalidDocumentsException, IOException {
        return new Agent(
                settings, new SteadyClock(Clock.systemUTC(), System::nanoTime), RandomGenerator.of("L64X128MixRandom"));
    }

    private Agent(AgentSettings settings, InstantSource clock, RandomGenerator random)
            throws InvalidDocumentsException, IOException {
        DocumentLoader loader = new DocumentLoader(settings.inputs());
        // Before reading, so that a change in between is seen.
        ContentHash seen = ContentHash.of(loader.watched());
        LoadedDocuments documents = loader.load();
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        ProcessMetrics.register(registry);
        AgentMetrics metrics = new AgentMetrics(registry);
        AuditLog audit = new AuditLog();
        board = new ReportBoard(PlanInForce.of(documents.plan()), clock.millis());
        management = settings.management() == null ? null : serve(settings.management(), registry);

        loop = new EventLoop("event-loop");
        loop.ended().exceptionally(error -> {
            end("the event loop failed: " + error);
            return null;
        });
        TunnelGates gates = new TunnelGates(loop);
        DocumentsInForce inForce = new DocumentsInForce(loader, documents, board, metrics, audit, gates);
        SessionSupervisor supervision = supervision(
                settings, inForce, gates, metrics, new Observation(board, metrics, audit, clock), clock, random);
        supervisor = begin("supervisor", supervision);
        watcher = begin("file-watch", new FileWatch(loader.watched(), seen, COMPARE_FILES_EVERY, () -> {
            inForce.reload();
            supervision.changed();
        }));
        started = true;
    }

    private Thread begin(String name, Runnable work) {
        return Thread.ofVirtual()
                .name(name)
                .uncaughtExceptionHandler((_, error) -> broken(name, error))
                .start(work);
    }

    private void broken(String thread, Throwable error) {
        try {
            log.atError().setCause(error).log("an error ended the thread {}", thread);
        } finally {
            end("the thread " + thread + " failed: " + error);
        }
    }

    private void end(String why) {
        if (!stopping) {
            ended.complete(why);
        }
    }

    private SessionSupervisor supervision(
            AgentSettings settings,
            DocumentsInForce inForce,
            TunnelGates gates,
            AgentMetrics metrics,
            Observation observation,
            InstantSource clock,
            RandomGenerator random) {
        ForwardOpener opener = new LoopForwardOpener(loop, random);
        LoginResolver logins = new LoginResolver(inForce::references, settings.inputs());
        return new SessionSupervisor(
                inForce::plan,
                logins::resolve,
                new MeasuredConnector(new MinaConnector(loop), metrics),
                connection -> new SessionForwards(connection, opener, gates, observation),
                new SessionEnd(server -> ServerTimes.of(server.spec()).drainTimeout(), settings.shutdownDelay()),
                observation,
                clock,
                random);
    }

    private ManagementServer serve(InetSocketAddress address, PrometheusMeterRegistry registry) throws IOException {
        Endpoints endpoints =
                new Endpoints(this::live, this::ready, registry).with("/status", new StatusEndpoint(board));
        try {
            return ManagementServer.start(address, endpoints.byPath());
        } catch (IOException e) {
            throw new IOException("--management: cannot listen on " + address + ": " + e.getMessage(), e);
        }
    }

    private Health live() {
        if (stopping || !started) {
            return Health.good("starting or stopping");
        }
        boolean alive = loop.isAlive() && supervisor.isAlive() && watcher.isAlive();
        return alive
                ? Health.good("alive")
                : Health.bad("the event loop, the supervisor or the watcher of files has ended");
    }

    private Health ready() {
        if (stopping) {
            return Health.bad("stopping");
        }
        Optional<String> missing = board.notReady();
        return missing.map(Health::bad).orElseGet(() -> Health.good("ready"));
    }

    /** Where the management endpoints are; empty when they were not asked for. */
    public Optional<InetSocketAddress> management() {
        return Optional.ofNullable(management).map(ManagementServer::address);
    }

    /**
     * Why it cannot go on, when it cannot and was not closed: a part failed without which nothing works. Then the process
     * has to end at once, without {@link #close}, which would wait for that part.
     */
    public CompletableFuture<String> ended() {
        return ended;
    }

    /** Not ready any more; serves on through the shutdown delay and up to the drain time, and ends everything. */
    @Override
    public void close() {
        stopping = true;
        log.atInfo().log("stopping");
        watcher.interrupt();
        supervisor.interrupt();
        try {
            supervisor.join();
        } catch (InterruptedException impatient) {
            Thread.currentThread().interrupt();
        }
        if (management != null) {
            management.close();
        }
        loop.close();
    }
}
