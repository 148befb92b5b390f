package dev.sshtunnels.probe;

/** A connection is answer enough. */
record ConnectOnly() implements Greeting {

    @Override
    public byte[] opening() {
        return NOTHING;
    }

    @Override
    public Verdict judge(byte[] answer) {
        return new Verdict.Alive("connections are accepted");
    }
}
