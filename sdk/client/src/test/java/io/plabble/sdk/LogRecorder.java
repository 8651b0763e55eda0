package io.plabble.sdk;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/** Keeps what is written into the log, and lets nobody else see it. Logback's own list is not for several threads. */
final class LogRecorder extends AppenderBase<ILoggingEvent> implements AutoCloseable {
    final List<ILoggingEvent> events = new CopyOnWriteArrayList<>();

    private final Logger everything;

    /** By the SDK. */
    LogRecorder() {
        this("io.plabble");
    }

    /** By loggers whose names begin so. */
    LogRecorder(String loggers) {
        everything = (Logger) LoggerFactory.getLogger(loggers);
        start();
        everything.addAppender(this);
        everything.setAdditive(false);
        everything.setLevel(Level.TRACE);
    }

    void only(Level level) {
        everything.setLevel(level);
    }

    @Override
    protected void append(ILoggingEvent event) {
        events.add(event);
    }

    @Override
    public void close() {
        everything.setLevel(null);
        everything.setAdditive(true);
        everything.detachAppender(this);
    }
}
