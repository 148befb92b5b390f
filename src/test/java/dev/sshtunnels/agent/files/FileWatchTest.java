package dev.sshtunnels.agent.files;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileWatchTest {

    private static final Duration NEVER = Duration.ofHours(1);

    @TempDir
    Path directory;

    private final AtomicInteger changes = new AtomicInteger();
    private Thread thread;

    @AfterEach
    void stop() throws InterruptedException {
        thread.interrupt();
        thread.join(Duration.ofSeconds(10));
    }

    @Test
    void tellsOfAnEditedFileAtOnce() throws IOException {
        Path file = Files.writeString(directory.resolve("tunnel.yaml"), "one");
        watch(file, NEVER);

        Files.writeString(file, "two");

        await().until(() -> changes.get() > 0);
    }

    @Test
    void tellsOfTheSwapOfAKubernetesVolume() throws IOException {
        Path volume = Files.createDirectories(directory.resolve("secrets/bastion-key"));
        Path old = Files.createDirectory(volume.resolve("..2026_1"));
        Files.writeString(old.resolve("ssh-privatekey"), "old");
        Files.createSymbolicLink(volume.resolve("..data"), old.getFileName());
        Files.createSymbolicLink(volume.resolve("ssh-privatekey"), Path.of("..data/ssh-privatekey"));
        watch(directory.resolve("secrets"), NEVER);

        Path next = Files.createDirectory(volume.resolve("..2026_2"));
        Files.writeString(next.resolve("ssh-privatekey"), "new");
        Path link = Files.createSymbolicLink(volume.resolve("..data_tmp"), next.getFileName());
        Files.move(link, volume.resolve("..data"), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);

        await().until(() -> changes.get() > 0);
    }

    @Test
    void tellsOfFilesInADirectoryThatAppearsLater() throws IOException {
        Path root = directory.resolve("secrets");
        watch(root, NEVER);

        Files.createDirectories(root.resolve("late"));
        Files.writeString(root.resolve("late/key"), "x");

        await().until(() -> changes.get() > 0);
    }

    @Test
    void tellsOfWhatChangedBeforeItRan() throws IOException {
        Path file = Files.writeString(directory.resolve("tunnel.yaml"), "one");
        ContentHash read = ContentHash.of(Set.of(file));
        Files.writeString(file, "two");

        thread = Thread.ofVirtual().start(new FileWatch(Set.of(file), read, NEVER, changes::incrementAndGet));

        await().until(() -> changes.get() == 1);
    }

    @Test
    void findsWhatTheSystemGivesNoNoticeOf() throws IOException {
        Path elsewhere = Files.createDirectory(directory.resolve("elsewhere"));
        Path real = Files.writeString(elsewhere.resolve("real"), "one");
        Path here = Files.createDirectory(directory.resolve("here"));
        Path link = Files.createSymbolicLink(here.resolve("link.yaml"), real);
        watch(link, Duration.ofMillis(20));

        Files.writeString(real, "two");

        await().until(() -> changes.get() > 0);
    }

    private void watch(Path root, Duration compareEvery) {
        Set<Path> roots = Set.of(root);
        FileWatch watch = new FileWatch(roots, ContentHash.of(roots), compareEvery, changes::incrementAndGet);
        thread = Thread.ofVirtual().start(watch);
    }
}
