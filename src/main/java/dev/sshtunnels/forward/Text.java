package dev.sshtunnels.forward;

/** Makes a peer's text fit for logs and statuses. */
final class Text {

    private static final int MAX_LENGTH = 200;

    private Text() {}

    /** One line of printable characters. */
    static String line(String untrusted) {
        String printable = untrusted.replaceAll("\\p{C}", " ").strip();
        return printable.length() > MAX_LENGTH ? printable.substring(0, MAX_LENGTH) + "…" : printable;
    }
}
