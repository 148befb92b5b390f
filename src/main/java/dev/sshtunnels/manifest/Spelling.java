package dev.sshtunnels.manifest;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** What somebody may have meant who wrote a name that does not exist. */
final class Spelling {

    private Spelling() {}

    /** {@code did you mean port?}, or all names there are when none is close. */
    static String hint(String written, Collection<String> known) {
        Optional<String> closest = known.stream()
                .filter(name -> distance(written, name) <= Math.max(2, written.length() / 3))
                .filter(name -> distance(written, name) < name.length())
                .min(Comparator.comparingInt(name -> distance(written, name)));
        return closest.map(name -> "did you mean " + name + "?")
                .orElseGet(() -> known.isEmpty() ? "there are none here" : "there are " + String.join(", ", known));
    }

    /** Levenshtein distance, ignoring case: letters to insert, delete or replace. */
    private static int distance(String a, String b) {
        int[] above = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            above[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] row = new int[b.length() + 1];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                boolean same = Character.toLowerCase(a.charAt(i - 1)) == Character.toLowerCase(b.charAt(j - 1));
                row[j] = Math.min(Math.min(row[j - 1], above[j]) + 1, above[j - 1] + (same ? 0 : 1));
            }
            above = row;
        }
        return above[b.length()];
    }
}
