package dev.sshtunnels.bench.load;

import java.util.List;
import java.util.stream.Stream;

/** Words of a command. */
final class Words {

    private Words() {}

    static List<String> and(List<String> command, String... more) {
        return Stream.concat(command.stream(), Stream.of(more)).toList();
    }
}
