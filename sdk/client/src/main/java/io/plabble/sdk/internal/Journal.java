package io.plabble.sdk.internal;

import io.netty.channel.Channel;
import io.plabble.protocol.PacketType;
import io.plabble.protocol.PlabbleException;
import io.plabble.sdk.ConnectProgress;
import io.plabble.sdk.ConnectStep;
import io.plabble.sdk.WirePacket;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.helpers.NOPLogger;

/**
 * What one connection tells of itself: a line at DEBUG for each step, a line at TRACE for each packet, and the packets to the
 * caller's listener. Lines begin with the id of the connection, which is also that of Reactor Netty's lines. Neither keys nor
 * contents are in them.
 */
final class Journal {
    private static final Logger CONNECTIONS = LoggerFactory.getLogger("io.plabble.sdk.connection");
    private static final Logger PACKETS = LoggerFactory.getLogger("io.plabble.sdk.packets");
    private static final String NO_CONNECTION_YET = "-";

    private final Settings settings;
    private final Logger connections;
    private final Logger packets;
    private volatile Object id = NO_CONNECTION_YET;

    private Journal(Settings settings, Logger connections, Logger packets) {
        this.settings = settings;
        this.connections = connections;
        this.packets = packets;
    }

    static Journal of(Settings settings) {
        return new Journal(settings, CONNECTIONS, PACKETS);
    }

    /** For what is not a connection with anybody. */
    static Journal silent(Settings settings) {
        return new Journal(settings, NOPLogger.NOP_LOGGER, NOPLogger.NOP_LOGGER);
    }

    /** The connection that it is about; of several addresses tried, the last. */
    void about(Channel channel) {
        id = channel.id(); // its text is made when a line is written
    }

    /** Once there is a connection to speak of, so that every line has its id. */
    void connecting() {
        if (connections.isDebugEnabled()) {
            connections.debug(
                    "[{}] connecting to {} over {}",
                    id,
                    settings.endpoint().peer(),
                    settings.endpoint().transport());
        }
    }

    void step(ConnectProgress progress) {
        if (connections.isDebugEnabled()) {
            connections.debug(
                    "[{}] {} done after {} ms",
                    id,
                    progress.step(),
                    String.format(Locale.ROOT, "%.3f", progress.elapsed().toNanos() / 1e6));
        }
    }

    /** The message of one of ours: what a peer wrote is escaped in it. */
    void failed(PlabbleException error) {
        connections.debug("[{}] {}: {}", id, error.reason(), error.getMessage());
    }

    /** @param next the step that had not been done */
    void cancelled(ConnectStep next) {
        connections.debug("[{}] cancelled, waiting for {}", id, next.description());
    }

    void ended(SessionEnd end) {
        if (connections.isDebugEnabled()) {
            connections.debug("[{}] session ended: {}", id, end.exception().getMessage());
        }
    }

    void sent(PacketType type, int counter, boolean encrypted, byte[] packet) {
        if (isHeard()) {
            packet(true, Optional.of(type), counter, encrypted, packet);
        }
    }

    /** @param type what it claims, as far as that can be read */
    void received(Optional<PacketType> type, int counter, boolean encrypted, byte[] packet) {
        if (isHeard()) {
            packet(false, type, counter, encrypted, packet);
        }
    }

    private boolean isHeard() {
        return packets.isTraceEnabled() || settings.hooks().onPacket().isPresent();
    }

    private void packet(boolean sent, Optional<PacketType> type, int counter, boolean encrypted, byte[] packet) {
        if (packets.isTraceEnabled()) {
            packets.trace(
                    "[{}] {} {} counter {}, {} bytes",
                    id,
                    sent ? "sent" : "received",
                    type.map(PacketType::name).orElse("unknown type"),
                    counter,
                    packet.length);
        }
        settings.hooks()
                .onPacket()
                .ifPresent(listener ->
                        Signals.deliver(() -> listener.accept(new WirePacket(sent, encrypted, type, counter, packet))));
    }
}
