package dev.sshtunnels.bench.rig;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A network namespace at the far end of a link with a round-trip time of 50 ms; it is gone when its processes are. */
final class FarSide implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String DELAY_MILLIS = "25";
    private static final String SERVER = "192.0.2.1";
    private static final String CLIENT = "192.0.2.2";

    /** Packets that the kernel keeps for the program that is the wire; more than a window at full speed. */
    private static final String QUEUE = "10000";

    private final List<Daemon> daemons = new ArrayList<>();
    private final Place place;

    /**
     * Makes namespace and link; this side of it gets the address of {@link #server}.
     *
     * @param directory for logs
     */
    FarSide(Path directory) throws IOException {
        Daemon holder = start("the far side", List.of("unshare", "--net", "sleep", "infinity"), directory);
        Path network = Path.of("/proc/" + holder.pid() + "/ns/net");
        Path here = Files.readSymbolicLink(Path.of("/proc/self/ns/net"));
        await(() -> !Files.readSymbolicLink(network).equals(here), "no network namespace is made");
        place = new Place(SERVER, List.of("nsenter", "--net=" + network));
        start("the link", wire(), directory);
        await(() -> Files.readString(Path.of("/proc/self/net/dev")).contains("far:"), "the link has no devices");
        ip(Place.HERE, "link", "set", "far", "netns", Long.toString(holder.pid()));
        ip(place, "link", "set", "lo", "up");
        connect(Place.HERE, "near", SERVER, CLIENT);
        connect(place, "far", CLIENT, SERVER);
    }

    /** The address of this side, as the far side knows it. */
    static String server() {
        return SERVER;
    }

    Place place() {
        return place;
    }

    private Daemon start(String name, List<String> command, Path directory) {
        Daemon daemon = Daemon.start(name, command, directory.resolve(name.replace(' ', '-') + ".log"));
        daemons.add(daemon);
        return daemon;
    }

    private static List<String> wire() {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:-UsePerfData",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.sshtunnels.bench.link.DelayLine",
                "near",
                "far",
                DELAY_MILLIS);
    }

    private static void connect(Place place, String device, String own, String peer) {
        ip(place, "link", "set", device, "txqueuelen", QUEUE, "up");
        ip(place, "address", "add", own, "peer", peer, "dev", device);
    }

    private static void ip(Place place, String... arguments) {
        List<String> command = new ArrayList<>(List.of("ip"));
        command.addAll(List.of(arguments));
        Tool.run(place.command(command), PATIENCE);
    }

    private static void await(Poll.Condition condition, String otherwise) {
        Poll.until(PATIENCE, condition, () -> new BrokenException(otherwise));
    }

    @Override
    public void close() {
        daemons.reversed().forEach(Daemon::close);
    }
}
