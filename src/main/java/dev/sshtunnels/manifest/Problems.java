package dev.sshtunnels.manifest;

import java.util.ArrayList;
import java.util.List;

/** Collects the problems of one file, so that a person sees all of them at once. */
final class Problems {

    private final String file;
    private final List<Problem> found = new ArrayList<>();

    Problems(String file) {
        this.file = file;
    }

    void add(int line, String field, String message) {
        found.add(new Problem(file, line, field, message));
    }

    int count() {
        return found.size();
    }

    List<Problem> found() {
        return List.copyOf(found);
    }
}
