package dev.sshtunnels.management;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The log of a process: stdout, set up here and not by files, so that it is the same everywhere. */
public final class Logs {

    // Subclasses of the library's log under their own names. At TRACE it writes every packet out before it is
    // encrypted; its warnings repeat what findings say, with a stack trace.
    private static final List<String> SSH_LIBRARY = List.of("org.apache.sshd", "dev.sshtunnels.ssh");

    // Whoever switches it on wants it, however quiet the rest is to be.
    private static final String AUDIT = "dev.sshtunnels.audit";

    private Logs() {}

    /**
     * Sets the log up; to be called before anything is logged.
     *
     * @param level least level of this project's events; libraries speak from WARN on, or from {@code level} on when
     *     that is quieter
     */
    public static void configure(LogFormat format, org.slf4j.event.Level level) {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.reset();
        context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(librariesLevel(level));
        context.getLogger("dev.sshtunnels").setLevel(Level.convertAnSLF4JLevel(level));
        context.getLogger(AUDIT).setLevel(Level.INFO);
        SSH_LIBRARY.forEach(name -> context.getLogger(name).setLevel(Level.ERROR));
        context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(stdout(context, format));
    }

    // A library's DEBUG can show what it decrypts; only this project's events are known to hold no key material.
    private static Level librariesLevel(org.slf4j.event.Level level) {
        return level == org.slf4j.event.Level.ERROR ? Level.ERROR : Level.WARN;
    }

    private static ConsoleAppender<ILoggingEvent> stdout(LoggerContext context, LogFormat format) {
        ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
        appender.setContext(context);
        appender.setName("stdout");
        appender.setEncoder(encoder(context, format));
        appender.start();
        return appender;
    }

    private static Encoder<ILoggingEvent> encoder(LoggerContext context, LogFormat format) {
        Encoder<ILoggingEvent> encoder = switch (format) {
            case TEXT -> new TextLines();
            case JSON -> new JsonLines();
        };
        encoder.setContext(context);
        encoder.start();
        return encoder;
    }
}
