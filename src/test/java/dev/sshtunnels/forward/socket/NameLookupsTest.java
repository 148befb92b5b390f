package dev.sshtunnels.forward.socket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sshtunnels.loop.EventLoop;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NameLookupsTest {

    /** As at the limit of processes, Thread.start throws an OutOfMemoryError. */
    private static final long MORE_THAN_ANY_MACHINE_HAS = 1L << 50;

    private final EventLoop loop = new EventLoop("test-loop");
    private final NameLookups lookups = new NameLookups(loop);
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

    @AfterEach
    void end() {
        loop.close();
    }

    @Test
    void literalIsItsOwnAnswer() throws Exception {
        find("192.0.2.7");
        assertThat(next()).isEqualTo("[/192.0.2.7]");
        find("2001:db8::1");
        assertThat(next()).isEqualTo("[/2001:db8:0:0:0:0:0:1]");
    }

    @Test
    void nameOfThisMachineIsFound() throws Exception {
        find("localhost");
        assertThat(next()).contains("localhost/127.0.0.1");
    }

    @Test
    void everybodyWhoAsksForOneNameHears() throws Exception {
        for (int i = 0; i < 200; i++) {
            find("nowhere.invalid");
        }
        for (int i = 0; i < 200; i++) {
            assertThat(next()).contains("does not resolve here");
        }
    }

    @Test
    void nameThatLooksLikeANumberIsAskedFor() throws Exception {
        find("1st.invalid");
        assertThat(next()).contains("does not resolve here");
    }

    @Test
    void nameThatNoThreadCanBeStartedForIsAnsweredAndTheLoopGoesOn() throws Exception {
        NameLookups starved = new NameLookups(
                loop, Thread.ofPlatform().stackSize(MORE_THAN_ANY_MACHINE_HAS).factory());
        find(starved, "localhost");
        find(starved, "localhost");
        assertThat(next()).contains("no thread can be started");
        assertThat(next()).contains("no thread can be started");

        find("localhost");
        assertThat(next()).contains("localhost/127.0.0.1");
    }

    private void find(String host) {
        find(lookups, host);
    }

    private void find(NameLookups asked, String host) {
        loop.execute(() -> asked.find(host, new NameLookups.Answer() {
            @Override
            public void found(List<InetAddress> addresses) {
                heard.add(addresses.toString());
            }

            @Override
            public void failed(String problem) {
                heard.add(problem);
            }
        }));
    }

    private String next() throws InterruptedException {
        return heard.poll(20, TimeUnit.SECONDS);
    }
}
