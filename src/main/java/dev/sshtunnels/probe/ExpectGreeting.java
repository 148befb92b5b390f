package dev.sshtunnels.probe;

import static java.nio.charset.StandardCharsets.UTF_8;

/** The user's own words. */
record ExpectGreeting(String send, String expectPrefix) implements Greeting {

    @Override
    public byte[] opening() {
        return send.getBytes(UTF_8);
    }

    @Override
    public Verdict judge(byte[] answer) {
        return Prefix.of(expectPrefix.getBytes(UTF_8), answer)
                .verdict("the expected answer was given", "probe.expectPrefix");
    }
}
