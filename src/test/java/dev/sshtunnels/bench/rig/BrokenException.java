package dev.sshtunnels.bench.rig;

/** Something that a benchmark needs does not work; the message has the output of the program that says so. */
public final class BrokenException extends RuntimeException {

    private static final int READABLE = 1000;

    public BrokenException(String message) {
        super(message);
    }

    public BrokenException(String message, Throwable cause) {
        super(message, cause);
    }

    /** With as much of a program's output as one reads. */
    public static BrokenException output(String message, String output, Throwable cause) {
        return new BrokenException(message + ": " + output.substring(0, Math.min(output.length(), READABLE)), cause);
    }
}
