package dev.sshtunnels.manifest;

import java.util.ArrayList;
import java.util.List;

/** Reads sources; all their mistakes are told at once. */
public final class ManifestReader {

    private ManifestReader() {}

    /**
     * Reads and checks all documents, YAML (any number of them a source) or JSON, and fills in the defaults of
     * {@code crds/}. A source has at most 1 Mi characters, and aliases only as far as they stay small.
     *
     * @throws ManifestException when there is any mistake in any of them
     */
    public static Manifest read(List<Source> sources) throws ManifestException {
        List<Problem> problems = new ArrayList<>();
        Contents contents = new Contents();
        for (Source source : sources) {
            Problems found = new Problems(source.name());
            DocumentReader reader = new DocumentReader(source.name(), found, contents);
            new YamlText(found).read(source.text()).forEach(reader::read);
            problems.addAll(found.found());
        }
        problems.addAll(contents.problems());
        if (!problems.isEmpty()) {
            throw new ManifestException(problems);
        }
        return contents.manifest();
    }
}
