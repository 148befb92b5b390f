package dev.sshtunnels.isolation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Stream;

/** What Linux and the JVM tell of a process of this user's. */
record ProcessFacts(long pid) {

    private static final int TICKS_PER_SECOND = 100;

    /** Live objects: those that a full collection left. */
    record Heap(String histogram) {

        /** Number of objects of a class and its inner classes. */
        long count(String className) {
            return histogram
                    .lines()
                    .map(line -> line.strip().split("\\s+"))
                    .filter(words -> words.length >= 4 && isOf(words[3], className))
                    .mapToLong(words -> Long.parseLong(words[1]))
                    .sum();
        }

        private static boolean isOf(String name, String className) {
            return name.equals(className) || name.startsWith(className + "$");
        }

        long bytes() {
            String[] total = histogram
                    .lines()
                    .filter(line -> line.startsWith("Total"))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("no histogram: " + histogram))
                    .split("\\s+");
            return Long.parseLong(total[2]);
        }
    }

    /** Threads of the system. */
    int threads() throws IOException {
        return (int) status("Threads:");
    }

    long residentBytes() throws IOException {
        return status("VmRSS:") << 10;
    }

    int descriptors() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("/proc/" + pid + "/fd"))) {
            return (int) files.count();
        }
    }

    /** Processor time used so far, of all threads. */
    Duration processorTime() throws IOException {
        String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
        // proc_pid_stat(5): the name in parentheses may hold blanks; utime and stime are the 12th and 13th after it.
        String[] words = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        long ticks = Long.parseLong(words[11]) + Long.parseLong(words[12]);
        return Duration.ofMillis(ticks * 1000 / TICKS_PER_SECOND);
    }

    /** Collects the garbage and counts what is left. */
    Heap heap() throws IOException {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        Process process = new ProcessBuilder(jcmd.toString(), Long.toString(pid), "GC.class_histogram")
                .redirectErrorStream(true)
                .start();
        return new Heap(new String(process.getInputStream().readAllBytes()));
    }

    private long status(String field) throws IOException {
        return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
                .filter(line -> line.startsWith(field))
                .flatMap(line -> Arrays.stream(line.split("\\s+")).skip(1).limit(1))
                .mapToLong(Long::parseLong)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no " + field + " of process " + pid));
    }
}
