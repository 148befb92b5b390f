package dev.sshtunnels.differential;

import static org.awaitility.Awaitility.await;

import dev.sshtunnels.agent.RunningAgent;
import dev.sshtunnels.api.Reason;
import dev.sshtunnels.forward.contract.Exposure;
import dev.sshtunnels.report.ForwardReport;
import dev.sshtunnels.report.TunnelReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** The agent in this process: one SSH session from the first scenario on, its forwards changed while it runs. */
final class TheAgent implements Contestant {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration POLL = Duration.ofMillis(20);

    private final Server server;
    private final Path directory;
    private RunningAgent agent;
    private int tunnels;

    TheAgent(Server server, Path directory) {
        this.server = server;
        this.directory = directory;
    }

    @Override
    public Session hold(List<Wanted> forwards) {
        try {
            if (agent == null) {
                agent = new RunningAgent(directory)
                        .server(server.sshd(), server.specLines().toArray(String[]::new))
                        .key(server.key())
                        .start();
            }
            Running running = new Running(forwards);
            running.awaitForwards();
            return running;
        } catch (Exception e) {
            throw new IllegalStateException("the agent cannot hold " + forwards, e);
        }
    }

    private Optional<TunnelReport> report(String tunnel) {
        return agent.status().tunnels().stream()
                .filter(report -> report.name().equals(tunnel))
                .findFirst();
    }

    /** A tunnel that is suspended has no forwards. */
    private boolean isSettled(String tunnel) {
        return isRefused()
                || report(tunnel)
                        .filter(report -> report.forwards().stream().allMatch(TheAgent::isSettled))
                        .isPresent();
    }

    /** While the agent tries where its listener can be reached, clients of the server itself are kept for a moment. */
    private static boolean isSettled(ForwardReport forward) {
        boolean untried =
                forward.ready() && Exposure.UNKNOWN.finding().message().equals(forward.exposedMessage());
        return forward.reason() != Reason.Establishing && !untried;
    }

    /** The newest documents are invalid. */
    private boolean isRefused() {
        return agent.status().session().message().contains("the last good documents stay in force");
    }

    @Override
    public void close() {
        if (agent != null) {
            agent.close();
        }
    }

    @Override
    public String toString() {
        return "the agent";
    }

    private final class Running implements Session {

        private final List<String> names;
        private final ListeningSockets before = ListeningSockets.now();
        private final int logBefore = server.logPosition();

        Running(List<Wanted> forwards) throws IOException {
            names = IntStream.range(0, forwards.size())
                    .mapToObj(i -> "tunnel-%05d".formatted(++tunnels))
                    .toList();
            for (int i = 0; i < names.size(); i++) {
                agent.tunnel(names.get(i), forwards.get(i).specLines());
            }
        }

        void awaitForwards() {
            await("the agent's tunnels")
                    .pollDelay(Duration.ZERO)
                    .pollInterval(POLL)
                    .atMost(PATIENCE)
                    .until(() -> names.stream().allMatch(TheAgent.this::isSettled));
        }

        private Optional<ForwardReport> report(int forward) {
            return TheAgent.this
                    .report(names.get(forward))
                    .flatMap(tunnel -> tunnel.forwards().stream().findFirst());
        }

        @Override
        public boolean isInForce(int forward) {
            return report(forward).filter(ForwardReport::ready).isPresent();
        }

        @Override
        public int port(int forward) {
            return report(forward).orElseThrow().port();
        }

        @Override
        public List<String> serverLog() {
            return server.logSince(logBefore);
        }

        @Override
        public void cancel(int forward) {
            try {
                agent.without(names.get(forward));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() {
            List<Integer> ports = ListeningSockets.portsOf(this, names.size());
            for (int i = 0; i < names.size(); i++) {
                cancel(i);
            }
            before.awaitNoOthers(ports);
        }
    }
}
