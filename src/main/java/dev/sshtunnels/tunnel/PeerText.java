package dev.sshtunnels.tunnel;

/** Makes what a peer says fit for a message: it is untrusted, and may be long. */
public final class PeerText {

    private PeerText() {}

    /** Control characters and everything beyond ASCII become {@code ?}, and what is longer than {@code limit} is cut. */
    public static String printable(String text, int limit) {
        String clean = text.strip().replaceAll("[^\\x20-\\x7e]", "?");
        return clean.length() <= limit ? clean : clean.substring(0, limit) + "...";
    }
}
