package dev.sshtunnels.agent.files;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells when the content of files changes. The system's own notice makes it quick; comparing contents from time to time
 * makes it right on file systems that give none (network mounts), and for what a symbolic link far away points to.
 */
public final class FileWatch implements Runnable {

    private static final Logger log = LoggerFactory.getLogger(FileWatch.class);
    private static final Duration SETTLE = Duration.ofMillis(50);

    private final Set<Path> roots;
    private final Duration compareEvery;
    private final Runnable changed;
    private final Set<Path> watched = new HashSet<>();
    private ContentHash last;

    /**
     * Makes a watch that is not running yet.
     *
     * @param roots files, or directories of which files down to two levels count
     * @param seen what the files held when they were last read
     * @param changed called on the watching thread after each change
     */
    public FileWatch(Set<Path> roots, ContentHash seen, Duration compareEvery, Runnable changed) {
        this.roots = Set.copyOf(roots);
        this.compareEvery = compareEvery;
        this.changed = changed;
        this.last = seen;
    }

    /** Watches until the thread is interrupted. */
    @Override
    public void run() {
        try (WatchService service = FileSystems.getDefault().newWatchService()) {
            while (true) {
                watchNewDirectories(service);
                compare();
                awaitNotice(service);
            }
        } catch (InterruptedException | ClosedWatchServiceException stop) {
            log.atDebug().log("watching ends");
        } catch (IOException e) {
            log.atWarn().setCause(e).log("the system gives no notice of changed files; contents are compared instead");
            compareForEver();
        }
    }

    private void awaitNotice(WatchService service) throws InterruptedException {
        WatchKey key = service.poll(compareEvery.toNanos(), TimeUnit.NANOSECONDS);
        while (key != null) {
            key.pollEvents();
            if (!key.reset()) {
                watched.remove((Path) key.watchable());
            }
            // Whoever writes several files does so in one go: look at them together.
            key = service.poll(SETTLE.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    private void watchNewDirectories(WatchService service) {
        Set<Path> present = ContentHash.directories(roots);
        watched.retainAll(present);
        for (Path directory : present) {
            if (watched.add(directory)) {
                watch(service, directory);
            }
        }
    }

    private void watch(WatchService service, Path directory) {
        try {
            directory.register(
                    service,
                    StandardWatchEventKinds.ENTRY_CREATE,
                    StandardWatchEventKinds.ENTRY_MODIFY,
                    StandardWatchEventKinds.ENTRY_DELETE);
        } catch (IOException e) {
            watched.remove(directory);
            log.atDebug().addKeyValue("directory", directory).log("cannot be watched, will be compared");
        }
    }

    private void compare() {
        ContentHash now = ContentHash.of(roots);
        if (!now.equals(last)) {
            last = now;
            changed.run();
        }
    }

    private void compareForEver() {
        try {
            while (true) {
                TimeUnit.NANOSECONDS.sleep(compareEvery.toNanos());
                compare();
            }
        } catch (InterruptedException stop) {
            log.atDebug().log("watching ends");
        }
    }
}
