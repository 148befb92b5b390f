package dev.sshtunnels.agent.files;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Names and contents of all files below some roots, in one value that tells nothing of them. */
public record ContentHash(String sha256) {

    private static final int DEPTH = 2;
    private static final int MAX_BYTES = 1 << 20;

    public static ContentHash of(Set<Path> roots) {
        MessageDigest digest = sha256Digest();
        for (Path root : new TreeSet<>(roots)) {
            for (Path file : below(root)) {
                add(digest, file);
            }
        }
        return new ContentHash(HexFormat.of().formatHex(digest.digest()));
    }

    /** The directories in which a change could matter. */
    static Set<Path> directories(Set<Path> roots) {
        Set<Path> directories = new TreeSet<>();
        for (Path root : roots) {
            Path parent = root.toAbsolutePath().getParent();
            if (parent != null && Files.isDirectory(parent)) {
                directories.add(parent);
            }
            below(root).stream().filter(Files::isDirectory).forEach(directories::add);
        }
        return directories;
    }

    private static void add(MessageDigest digest, Path file) {
        digest.update(file.toString().getBytes(UTF_8));
        digest.update((byte) 0);
        if (!Files.isRegularFile(file)) {
            return;
        }
        try (var in = Files.newInputStream(file)) {
            digest.update(in.readNBytes(MAX_BYTES));
        } catch (IOException unreadable) {
            digest.update((byte) 1);
        }
    }

    /** The kubelet's own entries begin with two dots and are followed only through the names that lead to them. */
    private static List<Path> below(Path root) {
        if (!Files.exists(root)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(root, DEPTH, FileVisitOption.FOLLOW_LINKS)) {
            return files.filter(file -> !isKubelets(root, file)).sorted().toList();
        } catch (IOException | UncheckedIOException changing) {
            return List.of(root);
        }
    }

    private static boolean isKubelets(Path root, Path file) {
        for (Path name : root.relativize(file)) {
            if (name.toString().startsWith("..")) {
                return true;
            }
        }
        return false;
    }

    private static MessageDigest sha256Digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
