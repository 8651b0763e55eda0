package io.plabble.samples.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Off, as logback.xml has it, until {@code --verbose}. */
final class Logging {
    private Logging() {}

    static void verbose() {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.WARN);
            context.getLogger("io.plabble").setLevel(Level.DEBUG);
        }
    }
}
