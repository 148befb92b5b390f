package dev.sshtunnels.bench.rig;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A program that can hold the forwards. */
public interface Client {

    /** What results call it. */
    String name();

    /**
     * The command that holds the forwards until it is ended.
     *
     * @param directory an empty one, for files that the command reads
     */
    List<String> command(Login login, List<Forward> forwards, Path directory) throws IOException;
}
