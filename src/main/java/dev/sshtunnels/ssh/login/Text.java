package dev.sshtunnels.ssh.login;

/** Makes text of others fit for a message. */
public final class Text {

    private Text() {}

    /** Control characters and everything beyond ASCII become {@code ?}, and what is longer than {@code limit} is cut. */
    public static String printable(String text, int limit) {
        String clean = text.strip().replaceAll("[^\\x20-\\x7e]", "?");
        return clean.length() <= limit ? clean : clean.substring(0, limit) + "...";
    }
}
