package dev.sshtunnels.loop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One selector thread with tasks and timers.
 *
 * <p>A turn is: wait; handle the sockets that are ready; run tasks; run timers; run the turn-end hooks. What many small
 * events of a turn gather (packets, bytes for one socket) is written once, in a hook.
 *
 * <p>{@link #execute} and {@link #close} may be called from any thread, everything else only on the loop's.
 */
public final class EventLoop implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EventLoop.class);

    /** Handlers never block; one that does must not keep a process from ending. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final Selector selector;
    private final Thread thread;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean wakeupSent = new AtomicBoolean();
    private final PriorityQueue<Timer> timers = new PriorityQueue<>();
    private final List<Runnable> turnEndHooks = new ArrayList<>();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private volatile boolean closed;

    /** Starts a loop; it does not keep the process alive. */
    public EventLoop(String name) {
        try {
            selector = Selector.open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        thread = Thread.ofPlatform()
                .name(name)
                .daemon()
                .uncaughtExceptionHandler((_, error) -> broken(error))
                .start(this::run);
    }

    /** Runs a task on the loop's thread: in the next turn, or later in this one. */
    public void execute(Runnable task) {
        tasks.add(task);
        wakeup();
    }

    /** Makes the loop take a turn. */
    public void wakeup() {
        if (!isLoopThread() && wakeupSent.compareAndSet(false, true)) {
            selector.wakeup();
        }
    }

    public boolean isLoopThread() {
        return Thread.currentThread() == thread;
    }

    /** Runs a task once after a delay. */
    public Timer schedule(Duration delay, Runnable task) {
        Timer timer = new Timer(System.nanoTime() + delay.toNanos(), task);
        timers.add(timer);
        return timer;
    }

    /** Watches a non-blocking channel. */
    public SelectionKey register(SelectableChannel channel, int operations, ReadyHandler handler)
            throws ClosedChannelException {
        return channel.register(selector, operations, handler);
    }

    /** Runs a hook at the end of each turn, after those added before it. */
    public void addTurnEndHook(Runnable hook) {
        turnEndHooks.add(hook);
    }

    public void removeTurnEndHook(Runnable hook) {
        turnEndHooks.remove(hook);
    }

    /**
     * Completes when the loop has ended; exceptionally when an {@link Error} ended it, after which whatever it carried
     * stands still.
     */
    public CompletionStage<Void> ended() {
        return ended;
    }

    /** Whether the loop's thread is at work. */
    public boolean isAlive() {
        return thread.isAlive();
    }

    /** Ends the loop after the tasks that were given to it before; returns when it has ended. */
    @Override
    public void close() {
        closed = true;
        selector.wakeup();
        if (isLoopThread()) {
            return;
        }
        try {
            thread.join(PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (!closed) {
            try {
                turn();
            } catch (IOException e) {
                LOG.atError().setCause(e).log("the selector failed");
            }
        }
        // Sockets that are to be reset must not end with the process instead, which looks like an orderly end.
        while (!tasks.isEmpty()) {
            runTasks();
        }
        try {
            selector.close();
        } catch (IOException e) {
            LOG.atDebug().setCause(e).log("the selector did not close");
        }
        ended.complete(null);
    }

    private void broken(Throwable error) {
        try {
            LOG.atError().setCause(error).log("an error ended the event loop");
        } finally {
            ended.completeExceptionally(error);
        }
    }

    private void turn() throws IOException {
        long timeout = millisToNextTimer();
        if (timeout < 0 || !tasks.isEmpty()) {
            selector.selectNow(EventLoop::handle);
        } else {
            selector.select(EventLoop::handle, timeout);
        }
        wakeupSent.set(false);
        runTasks();
        runTimers();
        for (int i = 0; i < turnEndHooks.size(); i++) {
            guarded(turnEndHooks.get(i));
        }
    }

    /** -1: due; 0: none, wait without end. */
    private long millisToNextTimer() {
        while (!timers.isEmpty() && timers.peek().cancelled()) {
            timers.poll();
        }
        if (timers.isEmpty()) {
            return 0;
        }
        long nanos = timers.peek().nanosLeft(System.nanoTime());
        return nanos <= 0 ? -1 : 1 + nanos / 1_000_000;
    }

    private void runTasks() {
        // Only those that were there: a task that adds a task must not keep sockets waiting.
        for (int n = tasks.size(); n > 0; n--) {
            Runnable task = tasks.poll();
            if (task == null) {
                return;
            }
            guarded(task);
        }
    }

    private void runTimers() {
        if (timers.isEmpty()) {
            return;
        }
        long now = System.nanoTime();
        while (!timers.isEmpty() && timers.peek().nanosLeft(now) <= 0) {
            guarded(timers.poll()::run);
        }
    }

    private static void guarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            LOG.atError().setCause(e).log("a task of the event loop failed");
        }
    }

    private static void handle(SelectionKey key) {
        ReadyHandler handler = (ReadyHandler) key.attachment();
        try {
            handler.ready(key.readyOps());
        } catch (CancelledKeyException _) {
            // The channel was closed earlier in this turn.
        } catch (Exception e) {
            // One socket whose end goes wrong must not end the loop of all.
            guarded(() -> handler.failed(e));
        }
    }
}
