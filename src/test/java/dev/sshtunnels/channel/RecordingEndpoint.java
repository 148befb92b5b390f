package dev.sshtunnels.channel;

import java.util.ArrayList;
import java.util.List;

/** An endpoint that writes down what it is told. */
final class RecordingEndpoint implements ChannelEndpoint {

    private final List<String> heard = new ArrayList<>();

    List<String> heard() {
        return heard;
    }

    @Override
    public void opened(Channel channel) {
        heard.add("opened");
    }

    @Override
    public void openFailed(int reason, String description) {
        heard.add("openFailed " + reason + " " + description);
    }

    @Override
    public void received(byte[] data, int offset, int length) {
        heard.add("received " + length);
    }

    @Override
    public void writable() {
        heard.add("writable");
    }

    @Override
    public void receivedEof() {
        heard.add("eof");
    }

    @Override
    public void closed(boolean lost) {
        heard.add(lost ? "lost" : "closed");
    }
}
