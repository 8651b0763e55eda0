package io.plabble.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.plabble.protocol.internal.connect.ConnectExchange;
import io.plabble.sdk.hostile.Parties;
import io.plabble.sdk.hostile.StoppedTimers;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import reactor.core.publisher.Hooks;

/** What all {@link ConnectAttempt}s share: the server, the clocks, and what listens for what should not be heard. */
final class HostileEnvironment implements AutoCloseable {
    final HostileServer server = new HostileServer();
    final Map<Io, StoppedClock> loops =
            Map.of(Io.DEFAULT, new StoppedClock(Io.DEFAULT), Io.NIO, new StoppedClock(Io.NIO));
    final StoppedTimers timers = new StoppedTimers();

    private final LogRecorder log = new LogRecorder("io.plabble", "reactor", "io.netty");
    private final List<Object> dropped = new CopyOnWriteArrayList<>();
    private final KeyMaterial secrets = new KeyMaterial()
            .add(Parties.clientPrivateKey())
            .add(ConnectExchange.agreeOnSecret(
                            Parties.clientKeyPair(), Parties.serverKeyPair().publicKey())
                    .copy());

    HostileEnvironment() throws IOException {
        Hooks.onErrorDropped(dropped::add);
        Hooks.onNextDropped(dropped::add);
    }

    /** Forgets what was heard. */
    void begin() {
        log.events.clear();
        dropped.clear();
    }

    /** No signal was dropped, nothing is wrong with anything but the server, and no secret has been told. */
    void nothingWasHeard() {
        assertThat(dropped).isEmpty();
        log.events.forEach(event -> {
            assertThat(event.getLevel().isGreaterOrEqual(Level.WARN))
                    .as(event::toString)
                    .isFalse();
            secrets.assertNotIn(event);
        });
    }

    void holdsNoSecret(Throwable error) {
        StringWriter told = new StringWriter();
        error.printStackTrace(new PrintWriter(told));
        secrets.assertNotIn(told.toString());
    }

    @Override
    public void close() throws IOException {
        Hooks.resetOnErrorDropped();
        Hooks.resetOnNextDropped();
        log.close();
        timers.close();
        server.close();
    }
}
