package dev.sshtunnels.differential;

/** One thing that a program at an end of a forwarded connection notices. What depends on timing is left out. */
sealed interface ConnectionEvent {

    ConnectionEvent FIN = new Fin();
    ConnectionEvent RST = new Rst();
    ConnectionEvent SEND_FAILED = new SendFailed();

    /**
     * Bytes that arrived one after the other, in reads of any size.
     *
     * @param bytes how many
     * @param sha256 their digest, in hexadecimal
     */
    record Received(long bytes, String sha256) implements ConnectionEvent {}

    /**
     * Bytes that arrived before an end that could have come anywhere among them.
     *
     * @param intact whether they are the first ones that the other end sent
     */
    record ReceivedBeginning(boolean intact) implements ConnectionEvent {}

    /** {@code read} returned the end of the stream. */
    record Fin() implements ConnectionEvent {}

    /** ECONNRESET. */
    record Rst() implements ConnectionEvent {}

    /** A write failed (EPIPE or ECONNRESET); how many bytes went before it depends on timing. */
    record SendFailed() implements ConnectionEvent {}

    /** Neither data nor an end came within the patience of the test. */
    record Silence() implements ConnectionEvent {}

    static ConnectionEvent received(Payload payload, long bytes) {
        return received(payload, 0, bytes);
    }

    static ConnectionEvent received(Payload payload, long offset, long bytes) {
        return new Received(bytes, payload.sha256(offset, bytes));
    }
}
