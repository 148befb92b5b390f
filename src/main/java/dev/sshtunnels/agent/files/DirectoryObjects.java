package dev.sshtunnels.agent.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Objects as Kubernetes mounts them: a directory for each, a file for each key. An object that is missing is an empty
 * directory or none; {@code ..data} and its like are the kubelet's.
 */
public record DirectoryObjects(String kind, Path directory) implements ObjectStore {

    private static final Pattern NAME = Pattern.compile("(?!\\.\\.)[-._a-zA-Z0-9]+");
    private static final int MAX_BYTES = 1 << 20;

    @Override
    public Lookup find(String name, String key) {
        if (!NAME.matcher(name).matches() || !NAME.matcher(key).matches()) {
            return new Lookup.NoObject();
        }
        Path object = directory.resolve(name);
        try {
            Path file = object.resolve(key);
            if (!Files.isRegularFile(file)) {
                return isEmpty(object) ? new Lookup.NoObject() : new Lookup.NoKey();
            }
            try (var in = Files.newInputStream(file)) {
                return new Lookup.Found(in.readNBytes(MAX_BYTES), "key \"" + key + "\" of " + where(name));
            }
        } catch (IOException gone) {
            return new Lookup.NoKey();
        }
    }

    private static boolean isEmpty(Path object) throws IOException {
        if (!Files.isDirectory(object)) {
            return true;
        }
        try (Stream<Path> files = Files.list(object)) {
            return files.noneMatch(file -> !file.getFileName().toString().startsWith(".."));
        }
    }

    @Override
    public String where(String name) {
        return kind + " " + name;
    }
}
