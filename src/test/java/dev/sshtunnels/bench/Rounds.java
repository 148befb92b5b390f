package dev.sshtunnels.bench;

import dev.sshtunnels.bench.figure.Figure;
import dev.sshtunnels.bench.figure.Samples;
import dev.sshtunnels.bench.load.Load;
import dev.sshtunnels.bench.rig.BrokenException;
import dev.sshtunnels.bench.rig.Contestant;
import dev.sshtunnels.bench.rig.Poll;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Runs the loads in rounds. Within a round each load runs through one contestant and then the other, so that noise of
 * the machine hits both; who is first alternates from load to load and from round to round.
 */
final class Rounds {

    /** Lets what is left of a load, such as connections that close, pass before the next one. */
    private static final Duration BETWEEN = Duration.ofMillis(200);

    private final Contestant agent;
    private final Contestant ssh;
    private final PrintStream progress;
    private final Samples samples = new Samples();
    private final List<String> broken = new ArrayList<>();

    Rounds(Contestant agent, Contestant ssh, PrintStream progress) {
        this.agent = agent;
        this.ssh = ssh;
        this.progress = progress;
    }

    /**
     * Through all loads that get faster by running, for nothing but that: a JVM compiles what it runs often, so that its
     * first seconds of traffic are slower than all later ones.
     *
     * @param time how long, for both together; every load is run to its end, and none when it is zero
     */
    void warmUp(List<Load> loads, Duration time) {
        List<Load> warming = loads.stream().filter(Load::warmsUp).toList();
        long end = System.nanoTime() + time.toNanos();
        while (!warming.isEmpty() && broken.isEmpty() && System.nanoTime() < end) {
            for (Load load : warming) {
                List.of(agent, ssh).forEach(contestant -> tryRun("warm-up", load, contestant));
            }
        }
    }

    void run(List<Load> loads, int rounds) {
        for (int round = 0; round < rounds; round++) {
            String title = "round " + (round + 1) + "/" + rounds;
            int current = round;
            List<Load> takingPart =
                    loads.stream().filter(load -> current < load.rounds()).toList();
            for (int i = 0; i < takingPart.size(); i++) {
                boolean agentFirst = (round + i) % 2 == 0;
                if (agentFirst) {
                    samples.addAgent(tryRun(title, takingPart.get(i), agent));
                }
                samples.addSsh(tryRun(title, takingPart.get(i), ssh));
                if (!agentFirst) {
                    samples.addAgent(tryRun(title, takingPart.get(i), agent));
                }
            }
        }
    }

    /** A load that breaks is reported at the end; the others go on. */
    private Map<Figure, Double> tryRun(String title, Load load, Contestant contestant) {
        try {
            Map<Figure, Double> values = load.run(contestant);
            progress.println(title + "  " + contestant.name() + "  " + shown(values));
            return values;
        } catch (BrokenException e) {
            broken.add(title + ", " + contestant.name() + ", " + load.figures() + ": " + e.getMessage());
            progress.println(broken.getLast());
            return Map.of();
        } finally {
            Poll.pause(BETWEEN);
        }
    }

    private static String shown(Map<Figure, Double> values) {
        return values.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> String.format(
                        Locale.ROOT,
                        "%s: %.4g %s",
                        entry.getKey().title(),
                        entry.getValue(),
                        entry.getKey().unit()))
                .collect(Collectors.joining(", "));
    }

    Samples samples() {
        return samples;
    }

    /** What did not work, one line each. */
    List<String> broken() {
        return broken;
    }
}
