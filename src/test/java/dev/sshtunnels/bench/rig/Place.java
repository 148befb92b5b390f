package dev.sshtunnels.bench.rig;

import java.util.List;
import java.util.stream.Stream;

/**
 * Where a client runs, and the clients of its forwards.
 *
 * @param server the address of the SSH server, as it is reached from there
 * @param enter what stands before a command that is to run there
 */
public record Place(String server, List<String> enter) {

    /** The same loopback as server and targets. */
    static final Place HERE = new Place("127.0.0.1", List.of());

    List<String> command(List<String> command) {
        return Stream.concat(enter.stream(), command.stream()).toList();
    }
}
