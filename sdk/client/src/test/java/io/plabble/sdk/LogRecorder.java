package io.plabble.sdk;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/** Keeps what is written into the log, and lets nobody else see it. Logback's own list is not for several threads. */
final class LogRecorder extends AppenderBase<ILoggingEvent> implements AutoCloseable {
    final List<ILoggingEvent> events = new CopyOnWriteArrayList<>();

    private final List<Logger> loggers;

    /** By the SDK. */
    LogRecorder() {
        this("io.plabble");
    }

    /** By these loggers, and those beneath them. */
    LogRecorder(String... names) {
        loggers = Arrays.stream(names)
                .map(name -> (Logger) LoggerFactory.getLogger(name))
                .toList();
        start();
        loggers.forEach(logger -> {
            logger.addAppender(this);
            logger.setAdditive(false);
            logger.setLevel(Level.TRACE);
        });
    }

    void only(Level level) {
        loggers.forEach(logger -> logger.setLevel(level));
    }

    @Override
    protected void append(ILoggingEvent event) {
        events.add(event);
    }

    @Override
    public void close() {
        loggers.forEach(logger -> {
            logger.setLevel(null);
            logger.setAdditive(true);
            logger.detachAppender(this);
        });
    }
}
