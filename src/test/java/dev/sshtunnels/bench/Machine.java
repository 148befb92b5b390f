package dev.sshtunnels.bench;

import dev.sshtunnels.bench.rig.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * What figures depend on beside the contestants.
 *
 * @param cores processors that this JVM may use
 * @param processor vendor and family, as far as the kernel says
 * @param kernel Linux, two numbers
 * @param jdk version of the JVM that agent and benchmark run on
 * @param openSsh version of server and {@code ssh}
 */
record Machine(int cores, String processor, String kernel, String jdk, String openSsh) {

    static Machine here() throws IOException {
        return new Machine(
                Runtime.getRuntime().availableProcessors(),
                modelName(),
                System.getProperty("os.version").replaceFirst("^(\\d+\\.\\d+).*", "$1"),
                Runtime.version().toString().replaceFirst("[+-].*", ""),
                Tool.run(List.of("ssh", "-V"), Duration.ofSeconds(10)).replaceFirst("(?s)[ ,].*", ""));
    }

    private static String modelName() throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.replaceFirst(".*: ", ""))
                    .findFirst()
                    .orElse("unknown");
        }
    }

    @Override
    public String toString() {
        return cores + " cores (" + processor + "), Linux " + kernel + ", JDK " + jdk + ", " + openSsh;
    }
}
