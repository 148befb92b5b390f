package dev.sshtunnels.management;

/**
 * Answer to a health question.
 *
 * @param healthy 200 when true, 503 otherwise
 * @param line one line for a person
 */
public record Health(boolean healthy, String line) {

    public static Health good(String line) {
        return new Health(true, line);
    }

    public static Health bad(String line) {
        return new Health(false, line);
    }
}
