package dev.sshtunnels.faults.inject;

import static org.awaitility.Awaitility.await;

import dev.sshtunnels.bench.link.DelayLine;
import dev.sshtunnels.testing.Commands;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** Two network interfaces that are one link: {@link #device} here, and {@code eth0} in another network namespace. */
final class Cable implements AutoCloseable {

    static final int NUMBERS = 1 << 14;

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int ATTEMPTS = 20;

    /** Ends the program with its own standard input, and so with the JVM that holds the other end. */
    private static final String UNTIL_END_OF_INPUT = "\"$@\" & cat > /dev/null; kill $!";

    private final int number;
    private final Process wire;

    private Cable(int number, Process wire) {
        this.number = number;
        this.wire = wire;
    }

    /**
     * A link without delay. Others may have some here too: a number that is taken is not tried again.
     *
     * @param pid of a process in the other namespace
     */
    static Cable fast(long pid) {
        IllegalStateException last = null;
        for (int i = 0; i < ATTEMPTS; i++) {
            int number = ThreadLocalRandom.current().nextInt(NUMBERS);
            try {
                ip("link add " + device(number) + " type veth peer name eth0 netns " + pid);
                return new Cable(number, null);
            } catch (IllegalStateException taken) {
                last = taken;
            }
        }
        throw last;
    }

    /** A link on which every packet takes so long, in each direction. */
    static Cable slow(long pid, Duration oneWay) {
        int number = ThreadLocalRandom.current().nextInt(NUMBERS);
        String far = "far" + number;
        Cable cable = new Cable(number, wire(device(number), far, oneWay));
        await("the link")
                .atMost(PATIENCE)
                .until(() -> Files.readString(Path.of("/proc/self/net/dev")).contains(far + ":"));
        ip("link set " + far + " netns " + pid);
        Commands.run(List.of("nsenter", "--net=/proc/" + pid + "/ns/net", "ip", "link", "set", far, "name", "eth0"));
        return cable;
    }

    private static Process wire(String near, String far, Duration oneWay) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> command = new ArrayList<>(List.of("sh", "-c", UNTIL_END_OF_INPUT, "sh"));
        command.addAll(List.of(java, "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED"));
        command.addAll(List.of("-cp", classPath(), DelayLine.class.getName()));
        command.addAll(List.of(near, far, Long.toString(oneWay.toMillis())));
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where the program is; it needs no library. */
    private static String classPath() {
        return Path.of(DelayLine.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .getPath())
                .toString();
    }

    int number() {
        return number;
    }

    String device() {
        return device(number);
    }

    private static String device(int number) {
        return "fault" + number;
    }

    private static void ip(String arguments) {
        List<String> command = new ArrayList<>(List.of("ip"));
        command.addAll(List.of(arguments.split(" ")));
        Commands.run(command);
    }

    /** Its addresses are free at once, though the kernel takes its time with the namespace. */
    @Override
    public void close() {
        if (wire == null) {
            ip("link delete " + device());
            return;
        }
        try {
            wire.getOutputStream().close();
            wire.waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
