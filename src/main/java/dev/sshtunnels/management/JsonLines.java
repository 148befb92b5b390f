package dev.sshtunnels.management;

import static java.nio.charset.StandardCharsets.UTF_8;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.EncoderBase;
import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.event.KeyValuePair;

/** Log events for machines: {@code time}, {@code level}, {@code message}, the event's own keys, {@code exception}. */
final class JsonLines extends EncoderBase<ILoggingEvent> {

    private static final byte[] NONE = {};

    @Override
    public byte[] encode(ILoggingEvent event) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("time", Instant.ofEpochMilli(event.getTimeStamp()).toString());
        object.put("level", event.getLevel().toString());
        object.put("message", event.getFormattedMessage());
        if (event.getKeyValuePairs() != null) {
            event.getKeyValuePairs().forEach(pair -> object.putIfAbsent(pair.key, value(pair)));
        }
        if (event.getThrowableProxy() != null) {
            object.put("exception", OneLine.of(event.getThrowableProxy()));
        }
        try {
            return (JSON.std.asString(object) + "\n").getBytes(UTF_8);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static Object value(KeyValuePair pair) {
        return pair.value instanceof Number || pair.value instanceof Boolean ? pair.value : String.valueOf(pair.value);
    }

    @Override
    public byte[] headerBytes() {
        return NONE;
    }

    @Override
    public byte[] footerBytes() {
        return NONE;
    }
}
