package dev.sshtunnels.isolation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sshtunnels.isolation.ProcessFacts.Heap;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** What an agent without connections takes: threads, descriptors, and live objects on the heap. */
record Footprint(ProcessFacts process, int threads, int descriptors, long heapBytes, List<Long> objects) {

    /** What there is one of for each connection, or for each session. */
    private static final List<String> CLASSES = List.of(
            "dev.sshtunnels.channel.MuxChannel",
            "dev.sshtunnels.forward.connection.TunnelConnection",
            "dev.sshtunnels.forward.local.SocksNegotiation",
            "dev.sshtunnels.forward.socket.Dialer$Attempt",
            "dev.sshtunnels.ssh.transport.TunnelSession",
            "org.apache.sshd.client.SshClient");

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** The JVM starts and ends compiler threads as it likes. */
    private static final int THREADS_OF_THE_JVM = 3;

    /** Compiled code's metadata, metrics, the log. */
    private static final long HEAP_OF_THE_JVM = 3 << 20;

    static Footprint of(ProcessFacts process) throws IOException {
        Heap heap = process.heap();
        return new Footprint(process, process.threads(), process.descriptors(), heap.bytes(), counts(heap));
    }

    private static List<Long> counts(Heap heap) {
        return CLASSES.stream().map(heap::count).toList();
    }

    void awaitBackAt() {
        await("what connections took is back").atMost(PATIENCE).untilAsserted(() -> {
            assertThat(process.descriptors()).as("descriptors").isLessThanOrEqualTo(descriptors);
            assertThat(process.threads()).as("threads").isLessThanOrEqualTo(threads + THREADS_OF_THE_JVM);
            Heap heap = process.heap();
            assertThat(counts(heap)).as("objects of %s", CLASSES).isEqualTo(objects);
            assertThat(heap.bytes()).as("live heap").isLessThanOrEqualTo(heapBytes + HEAP_OF_THE_JVM);
        });
    }
}
