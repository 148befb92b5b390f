package dev.sshtunnels.manifest;

import java.util.Comparator;
import java.util.List;

/** Guesses what somebody meant. */
final class Suggestion {

    private static final int NEAR = 3;

    private Suggestion() {}

    /** "did you mean …?" for a near name, otherwise the list of names. */
    static String of(String written, List<String> names) {
        return names.stream()
                .min(Comparator.comparingInt(name -> distance(written, name)))
                .filter(name -> distance(written, name) <= NEAR)
                .map(name -> "did you mean " + name + "?")
                .orElse("known here: " + String.join(", ", names));
    }

    /** Levenshtein's distance: letters to insert, remove or replace. */
    private static int distance(String one, String other) {
        int[] row = new int[other.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int change = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(change, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[other.length()];
    }
}
