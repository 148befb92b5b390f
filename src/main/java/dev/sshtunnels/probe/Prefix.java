package dev.sshtunnels.probe;

/** How an answer compares with the bytes that it should begin with. */
enum Prefix {
    MATCHES,
    SO_FAR,
    DIFFERS;

    static Prefix of(byte[] wanted, byte[] answer) {
        int common = Math.min(wanted.length, answer.length);
        for (int i = 0; i < common; i++) {
            if (wanted[i] != answer[i]) {
                return DIFFERS;
            }
        }
        return common == wanted.length ? MATCHES : SO_FAR;
    }

    /** The verdict that it stands for. */
    Verdict verdict(String words, String expected) {
        return switch (this) {
            case MATCHES -> new Verdict.Alive(words);
            case SO_FAR -> Verdict.NEED_MORE;
            case DIFFERS -> new Verdict.Unexpected(expected);
        };
    }
}
