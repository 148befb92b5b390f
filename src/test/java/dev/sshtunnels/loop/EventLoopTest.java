package dev.sshtunnels.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.Pipe;
import java.nio.channels.SelectionKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EventLoopTest {

    private final EventLoop loop = new EventLoop("test-loop");

    @AfterEach
    void stop() {
        loop.close();
    }

    @Test
    void tasksRunInOrderOnTheLoopsThread() throws Exception {
        List<Integer> order = new ArrayList<>();
        CompletableFuture<Boolean> onLoop = new CompletableFuture<>();
        for (int i = 0; i < 100; i++) {
            int number = i;
            loop.execute(() -> order.add(number));
        }
        loop.execute(() -> onLoop.complete(loop.isLoopThread()));
        assertThat(onLoop.get(10, TimeUnit.SECONDS)).isTrue();
        assertThat(order).hasSize(100).isSorted();
    }

    @Test
    void timersRunInOrderOfTheirTimeAndCancelledOnesNever() throws Exception {
        List<String> ran = new ArrayList<>();
        CountDownLatch done = new CountDownLatch(1);
        loop.execute(() -> {
            loop.schedule(Duration.ofMillis(30), () -> {
                ran.add("late");
                done.countDown();
            });
            loop.schedule(Duration.ofMillis(10), () -> ran.add("early"));
            loop.schedule(Duration.ofMillis(5), () -> ran.add("cancelled")).cancel();
        });
        assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(ran).containsExactly("early", "late");
    }

    @Test
    void failingTaskDoesNotEndTheLoop() throws Exception {
        CompletableFuture<String> after = new CompletableFuture<>();
        loop.execute(() -> {
            throw new IllegalStateException("expected by the test");
        });
        loop.execute(() -> after.complete("alive"));
        assertThat(after.get(10, TimeUnit.SECONDS)).isEqualTo("alive");
    }

    @Test
    void aSocketWhoseEndGoesWrongDoesNotEndTheLoop() throws Exception {
        Pipe pipe = Pipe.open();
        pipe.source().configureBlocking(false);
        CompletableFuture<String> failed = new CompletableFuture<>();
        loop.execute(() -> register(pipe.source(), failed));
        pipe.sink().write(ByteBuffer.wrap(new byte[1]));
        assertThat(failed.get(10, TimeUnit.SECONDS)).isEqualTo("cannot be read");

        CompletableFuture<String> after = new CompletableFuture<>();
        loop.execute(() -> after.complete("alive"));
        assertThat(after.get(10, TimeUnit.SECONDS)).isEqualTo("alive");
        pipe.sink().close();
    }

    @Test
    void anErrorEndsTheLoopAndIsTold() {
        loop.execute(() -> {
            throw new StackOverflowError("expected by the test");
        });
        assertThat(loop.ended())
                .failsWithin(Duration.ofSeconds(10))
                .withThrowableThat()
                .withMessageContaining("expected by the test");
    }

    @Test
    void closingEndsTheLoopWithoutAnError() {
        loop.close();
        assertThat(loop.ended()).succeedsWithin(Duration.ofSeconds(10));
    }

    private void register(Pipe.SourceChannel source, CompletableFuture<String> failed) {
        ReadyHandler handler = new ReadyHandler() {
            @Override
            public void ready(int operations) throws IOException {
                throw new IOException("cannot be read");
            }

            @Override
            public void failed(Exception cause) {
                try {
                    source.close();
                } catch (IOException e) {
                    cause.addSuppressed(e);
                }
                failed.complete(cause.getMessage());
                throw new IllegalStateException("expected by the test");
            }
        };
        try {
            loop.register(source, SelectionKey.OP_READ, handler);
        } catch (ClosedChannelException e) {
            failed.completeExceptionally(e);
        }
    }

    @Test
    void tasksThatWereGivenBeforeTheEndAreRunAndThoseTheyAddToo() {
        List<String> ran = new ArrayList<>();
        loop.execute(() -> {
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
            loop.execute(() -> ran.add("added"));
        });
        loop.close();
        assertThat(ran).containsExactly("added");
        assertThat(loop.isAlive()).isFalse();
    }
}
