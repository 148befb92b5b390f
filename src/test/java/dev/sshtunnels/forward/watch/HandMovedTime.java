package dev.sshtunnels.forward.watch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Time that passes when a test says so, and does then what is due. */
final class HandMovedTime implements LoopTime {

    private final List<Task> tasks = new ArrayList<>();
    /** Nanoseconds since any moment, so it may be just now that they overflow. */
    private long now = Long.MAX_VALUE - 1;

    private record Task(long due, Runnable what) {}

    @Override
    public long nanos() {
        return now;
    }

    @Override
    public Runnable after(Duration delay, Runnable what) {
        Task task = new Task(now + delay.toNanos(), what);
        tasks.add(task);
        return () -> tasks.remove(task);
    }

    void passes(Duration time) {
        long end = now + time.toNanos();
        for (Optional<Task> next = nextUntil(end); next.isPresent(); next = nextUntil(end)) {
            tasks.remove(next.get());
            now = next.get().due();
            next.get().what().run();
        }
        now = end;
    }

    private Optional<Task> nextUntil(long end) {
        return tasks.stream()
                .filter(task -> task.due() - end <= 0)
                .min(Comparator.comparingLong(task -> task.due() - end));
    }

    /** Number of tasks that wait. */
    int waiting() {
        return tasks.size();
    }
}
