package dev.sshtunnels.bench;

import dev.sshtunnels.bench.figure.Figure;
import dev.sshtunnels.bench.figure.Outcome;
import dev.sshtunnels.bench.figure.ResultsFile;
import dev.sshtunnels.bench.figure.Table;
import dev.sshtunnels.bench.load.Load;
import dev.sshtunnels.bench.load.Loads;
import dev.sshtunnels.bench.rig.Agent;
import dev.sshtunnels.bench.rig.BrokenException;
import dev.sshtunnels.bench.rig.Contestant;
import dev.sshtunnels.bench.rig.OpenSsh;
import dev.sshtunnels.bench.rig.Rig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The program behind {@code dev/bench}, which starts it in the directory of the project. */
@Command(
        name = "dev/bench",
        sortOptions = false,
        description = "Measures the agent and ssh in turns, against the same sshd and targets on loopback.")
final class Bench implements Callable<Integer> {

    private static final Path RESULTS = Path.of("target", "bench", "results.json");
    private static final MeasurementsPage PAGE = new MeasurementsPage(Path.of("docs", "measurements.md"));

    @Spec
    private CommandSpec command;

    @Option(names = "--rounds", paramLabel = "N", defaultValue = "5", description = "Rounds that count (default: 5).")
    private int rounds;

    @Option(
            names = "--only",
            paramLabel = "FIGURE",
            arity = "1..*",
            description = "Only figures whose name has these words, such as up-1-stream or http-p99.")
    private List<String> only = List.of();

    @Option(
            names = "--warm-up",
            paramLabel = "SECONDS",
            defaultValue = "20",
            description =
                    "Traffic for at least so long before the first round, each load once or more often (default: 20).")
    private int warmUp;

    @Option(
            names = "--distribution",
            paramLabel = "DIR",
            defaultValue = "target/dist",
            description = "Where the agent is, such as /opt/sshtunnel of an image (default: target/dist).")
    private Path distribution;

    @Option(names = "--check", description = "Exit with 1 when a figure is not at its goal.")
    private boolean check;

    @Option(names = "--write-docs", description = "Write the table into docs/measurements.md.")
    private boolean writeDocs;

    @Option(
            names = "--isolated",
            hidden = true,
            description = "This process has a network namespace of its own, and may make another.")
    private boolean isolated;

    @Option(names = "--list", description = "List the figures and their goals, and measure nothing.")
    private boolean list;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this text.")
    private boolean help;

    public static void main(String[] arguments) {
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly)));
        System.exit(new CommandLine(new Bench()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException {
        if (list) {
            Arrays.stream(Figure.values()).forEach(figure -> System.out.println(figure.title() + "  " + figure.goal()));
            return 0;
        }
        List<Load> loads = chosen();
        if (loads.isEmpty()) {
            throw wrong("no figure that can be measured here has the words " + String.join(", ", only)
                    + "; see dev/bench --list");
        }
        if (rounds < 1) {
            throw wrong("--rounds is " + rounds + ", and must be at least 1");
        }
        if (writeDocs && !only.isEmpty()) {
            throw wrong("--write-docs writes the whole table; leave out --only");
        }
        boolean withFarSide = loads.stream().anyMatch(Loads.far()::contains);
        try (Rig rig = new Rig(Files.createTempDirectory("bench"), withFarSide);
                Contestant agent = new Contestant(new Agent(distribution.toAbsolutePath()), rig);
                Contestant ssh = new Contestant(new OpenSsh(), rig)) {
            Rounds measured = new Rounds(agent, ssh, System.err);
            measured.warmUp(loads, Duration.ofSeconds(warmUp));
            measured.run(loads, rounds);
            return report(measured);
        } catch (BrokenException e) {
            System.err.println(e.getMessage());
            return 1;
        }
    }

    private CommandLine.ParameterException wrong(String message) {
        return new CommandLine.ParameterException(command.commandLine(), message);
    }

    private List<Load> chosen() {
        return Stream.concat(Loads.near().stream(), isolated ? Loads.far().stream() : Stream.empty())
                .filter(load -> load.figures().stream().anyMatch(this::isChosen))
                .toList();
    }

    private boolean isChosen(Figure figure) {
        return only.isEmpty() || only.stream().anyMatch(figure::matches);
    }

    private int report(Rounds measured) throws IOException {
        List<Outcome> outcomes = measured.samples().outcomes();
        ResultsFile.write(RESULTS, outcomes);
        System.out.println(new Table(outcomes).text());
        if (writeDocs) {
            PAGE.write(Machine.here(), rounds, LocalDate.now().toString(), outcomes);
        }
        measured.broken().forEach(line -> System.err.println("broken: " + line));
        boolean failed =
                !measured.broken().isEmpty() || check && !outcomes.stream().allMatch(Outcome::met);
        return failed ? 1 : 0;
    }
}
