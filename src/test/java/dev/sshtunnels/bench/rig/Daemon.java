package dev.sshtunnels.bench.rig;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A program that runs until it is closed, and what the kernel knows of it. */
final class Daemon implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final String name;
    private final Process process;
    private final Path log;

    private Daemon(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
    }

    /** Starts it with this JVM's own Java as {@code JAVA_HOME}, and without options for the JVM from the environment. */
    static Daemon start(String name, List<String> command, Path log) {
        try {
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
            builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
            builder.environment().remove("JAVA_TOOL_OPTIONS");
            return new Daemon(name, builder.start(), log);
        } catch (IOException e) {
            throw new BrokenException(command.getFirst() + " cannot be run", e);
        }
    }

    long pid() {
        return process.pid();
    }

    /** Time that all of its threads spent on processors, in user and kernel mode; in steps of 10 ms. */
    Duration cpu() {
        return process.info().totalCpuDuration().orElseThrow(this::ended);
    }

    /** {@code VmRSS} of proc(5), in MiB. */
    double residentMiB() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/" + pid() + "/status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                            .findFirst()
                            .orElseThrow(this::ended)
                    / 1024.0;
        } catch (IOException e) {
            throw ended();
        }
    }

    /** Waits until something listens on the port, as the process's network sees it. */
    void awaitListener(int port) {
        awaitListener(Path.of("/proc/" + pid() + "/net"), port);
    }

    /** Waits until something listens on the port, as this JVM's network sees it. */
    void awaitListenerHere(int port) {
        awaitListener(Path.of("/proc/self/net"), port);
    }

    private void awaitListener(Path network, int port) {
        Poll.until(PATIENCE, () -> listens(network, port), () -> ended("does not listen on port " + port));
    }

    private boolean listens(Path network, int port) throws IOException {
        if (!process.isAlive()) {
            throw ended();
        }
        String socket = ":%04X ".formatted(port);
        try (Stream<String> four = Files.lines(network.resolve("tcp"));
                Stream<String> six = Files.lines(network.resolve("tcp6"))) {
            return Stream.concat(four, six).anyMatch(line -> line.contains(socket) && line.contains(" 0A "));
        }
    }

    private BrokenException ended() {
        return ended(process.isAlive() ? "cannot be looked at" : "has ended with status " + process.exitValue());
    }

    private BrokenException ended(String how) {
        try {
            return new BrokenException(name + " " + how + "; its log: " + Files.readString(log));
        } catch (IOException e) {
            return new BrokenException(name + " " + how, e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
