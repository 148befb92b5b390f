package dev.sshtunnels.management;

import com.sun.management.UnixOperatingSystemMXBean;
import io.micrometer.core.instrument.MeterRegistry;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.time.Duration;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** What every process tells of itself, under the names that Prometheus' own clients use. Nothing is asked between scrapes. */
public enum ProcessMetrics {
    OPEN_FDS(
            Metric.gauge("process_open_fds", "descriptors", "Open file descriptors."),
            _ -> system() == null ? Double.NaN : system().getOpenFileDescriptorCount()),
    MAX_FDS(
            Metric.gauge("process_max_fds", "descriptors", "Limit of open file descriptors."),
            _ -> system() == null ? Double.NaN : system().getMaxFileDescriptorCount()),
    CPU(
            Metric.counter("process_cpu_seconds_total", "seconds", "CPU time, of the user and of the system."),
            _ -> system() == null ? Double.NaN : seconds(Duration.ofNanos(system().getProcessCpuTime()))),
    START_TIME(
            Metric.gauge("process_start_time_seconds", "seconds", "Start of the process, since the epoch."),
            _ -> seconds(Duration.ofMillis(ManagementFactory.getRuntimeMXBean().getStartTime()))),
    HEAP_USED(
            Metric.gauge("jvm_heap_used_bytes", "bytes", "Heap in use."),
            _ -> memory().getHeapMemoryUsage().getUsed()),
    HEAP_MAX(
            Metric.gauge("jvm_heap_max_bytes", "bytes", "Limit of the heap."),
            _ -> memory().getHeapMemoryUsage().getMax()),
    NON_HEAP_USED(
            Metric.gauge("jvm_nonheap_used_bytes", "bytes", "Classes, compiled code and the like."),
            _ -> memory().getNonHeapMemoryUsage().getUsed()),
    THREADS(
            Metric.gauge("jvm_threads", "threads", "Platform threads."),
            _ -> ManagementFactory.getThreadMXBean().getThreadCount()),
    GC(
            Metric.counter("jvm_gc_seconds_total", "seconds", "Time spent collecting garbage."),
            _ -> seconds(Duration.ofMillis(ManagementFactory.getGarbageCollectorMXBeans().stream()
                    .mapToLong(collector -> Math.max(0, collector.getCollectionTime()))
                    .sum())));

    private final Metric metric;
    private final ToDoubleFunction<ProcessMetrics> value;

    ProcessMetrics(Metric metric, ToDoubleFunction<ProcessMetrics> value) {
        this.metric = metric;
        this.value = value;
    }

    /** Has the registry show them all. */
    public static void register(MeterRegistry registry) {
        for (ProcessMetrics each : values()) {
            switch (each.metric.type()) {
                case COUNTER -> each.metric.counter(registry, each, each.value);
                case GAUGE -> each.metric.gauge(registry, each, each.value);
                case HISTOGRAM -> throw new IllegalStateException(each + " has one value");
            }
        }
    }

    public Metric metric() {
        return metric;
    }

    /** All of them, for the documentation. */
    public static List<Metric> all() {
        return List.of(values()).stream().map(ProcessMetrics::metric).toList();
    }

    /** Null where the system is not a Unix. */
    private static UnixOperatingSystemMXBean system() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix ? unix : null;
    }

    private static MemoryMXBean memory() {
        return ManagementFactory.getMemoryMXBean();
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
