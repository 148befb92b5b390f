package dev.sshtunnels.agent.plan;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sshtunnels.agent.files.DirectoryObjects;
import dev.sshtunnels.agent.files.DocumentObjects;
import dev.sshtunnels.agent.files.Inputs;
import dev.sshtunnels.agent.files.ObjectStore;
import dev.sshtunnels.agent.files.References;
import dev.sshtunnels.manifest.Manifest;
import dev.sshtunnels.manifest.ManifestException;
import dev.sshtunnels.manifest.ManifestReader;
import dev.sshtunnels.manifest.Problem;
import dev.sshtunnels.manifest.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/** Reads all documents from where the inputs say they are. */
public final class DocumentLoader {

    private static final long MAX_BYTES = 4 << 20;

    private final Inputs inputs;

    public DocumentLoader(Inputs inputs) {
        this.inputs = inputs;
    }

    public LoadedDocuments load() throws InvalidDocumentsException {
        try {
            Manifest manifest = ManifestReader.read(sources());
            return new LoadedDocuments(PlanBuilder.plan(manifest), references(manifest));
        } catch (ManifestException wrong) {
            throw new InvalidDocumentsException(
                    wrong.problems().stream().map(Problem::toString).toList());
        }
    }

    /** Everything whose change matters. */
    public Set<Path> watched() {
        Set<Path> paths = new LinkedHashSet<>(inputs.documents());
        Stream.of(inputs.identity(), inputs.knownHosts(), inputs.secrets(), inputs.configMaps())
                .filter(Objects::nonNull)
                .forEach(paths::add);
        return paths;
    }

    private List<Source> sources() throws InvalidDocumentsException {
        List<Source> sources = new ArrayList<>();
        if (inputs.standardInput() != null) {
            sources.add(new Source("-", inputs.standardInput()));
        }
        for (Path path : inputs.documents()) {
            for (Path file : Files.isDirectory(path) ? documentsIn(path) : List.of(path)) {
                sources.add(source(file));
            }
        }
        return sources;
    }

    private static List<Path> documentsIn(Path directory) throws InvalidDocumentsException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(DocumentLoader::isDocument).sorted().toList();
        } catch (IOException e) {
            throw unreadable(directory, e);
        }
    }

    private static boolean isDocument(Path file) {
        String name = file.getFileName().toString();
        return !name.startsWith(".")
                && (name.endsWith(".yaml") || name.endsWith(".yml") || name.endsWith(".json"))
                && Files.isRegularFile(file);
    }

    private static Source source(Path file) throws InvalidDocumentsException {
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new InvalidDocumentsException(
                        List.of(file + ": longer than 4 MiB; it is hardly a file of documents"));
            }
            return new Source(file.toString(), new String(Files.readAllBytes(file), UTF_8));
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static InvalidDocumentsException unreadable(Path path, IOException cause) {
        String why =
                Files.exists(path) ? "cannot be read (" + cause.getClass().getSimpleName() + ")" : "does not exist";
        return new InvalidDocumentsException(List.of(path + ": " + why + "; check --file"));
    }

    private References references(Manifest manifest) {
        return new References(
                new DocumentObjects("Secret", manifest.secrets(), directory("Secret", inputs.secrets())),
                new DocumentObjects("ConfigMap", manifest.configMaps(), directory("ConfigMap", inputs.configMaps())));
    }

    private static ObjectStore directory(String kind, Path path) {
        return path == null ? null : new DirectoryObjects(kind, path);
    }
}
