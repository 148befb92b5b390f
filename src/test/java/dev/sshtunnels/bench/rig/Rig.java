package dev.sshtunnels.bench.rig;

import dev.sshtunnels.testing.ClientKeys;
import dev.sshtunnels.testing.ClientKeys.ClientKey;
import dev.sshtunnels.testing.Sshd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One SSH server and its targets, for all contestants. */
public final class Rig implements AutoCloseable {

    /** The one cipher that the server takes, so that all contestants use it. */
    public static final String CIPHER = "aes128-gcm@openssh.com";

    private final Path directory;
    private final Ports free = new Ports();
    private final Targets targets;
    private final Optional<FarSide> farSide;
    private final Sshd sshd;
    private final ClientKey key;
    private final Path knownHosts;

    /**
     * Starts server and targets.
     *
     * @param directory an empty one, for files of all processes
     * @param withFarSide whether there are to be clients at {@link Distance#FAR}; needs a network namespace of one's own
     */
    public Rig(Path directory, boolean withFarSide) throws IOException {
        this.directory = directory;
        key = new ClientKeys(directory).ed25519();
        targets = new Targets(directory, free);
        farSide = withFarSide ? Optional.of(new FarSide(directory)) : Optional.empty();
        sshd = Sshd.builder()
                .config("LogLevel INFO", "Ciphers " + CIPHER, "Compression no", "UseDNS no")
                .config(farSide.map(_ -> new String[] {"ListenAddress " + FarSide.server()})
                        .orElseGet(() -> new String[0]))
                .authorize(key)
                .start();
        knownHosts = Files.write(
                directory.resolve("known_hosts"), List.of(sshd.hostKeyLine(), sshd.hostKeyLine(FarSide.server())));
    }

    /** Starts a client that holds all routes; they need not be up yet. */
    Forwarder start(Client client, Distance distance) {
        Place place = switch (distance) {
            case NEAR -> Place.HERE;
            case FAR -> farSide.map(FarSide::place).orElseThrow(() -> new BrokenException("this rig has no far side"));
        };
        try {
            Path files = Files.createTempDirectory(directory, client.name());
            Login login = new Login(place.server(), sshd.port(), sshd.user(), key.privateFile(), knownHosts);
            List<Forward> forwards = Arrays.stream(Route.values())
                    .map(route -> new Forward(route, free.take(), targets.port(route.target())))
                    .toList();
            List<String> command = place.command(client.command(login, forwards, files));
            Daemon daemon = Daemon.start(client.name(), command, files.resolve("log"));
            return new Forwarder(daemon, place, listeners(forwards));
        } catch (IOException e) {
            throw new BrokenException(client.name() + " cannot be started", e);
        }
    }

    private static Map<Route, Integer> listeners(List<Forward> forwards) {
        Map<Route, Integer> ports = new EnumMap<>(Route.class);
        forwards.forEach(forward -> ports.put(forward.route(), forward.listen()));
        return ports;
    }

    @Override
    public void close() {
        sshd.close();
        farSide.ifPresent(FarSide::close);
        targets.close();
    }
}
