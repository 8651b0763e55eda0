package io.plabble.samples.webflux.web;

import io.plabble.samples.webflux.board.NoticeBoard;
import io.plabble.samples.webflux.plabble.Connection;
import io.plabble.samples.webflux.plabble.Connections;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * What browsers are told as it happens, in one stream, since a browser has only a few connections for a host: events {@code note},
 * whose id is the note's number, and {@code connection}.
 */
@RestController
class StreamController {
    /** Proxies cut connections that are silent for a minute; and only who writes notices that the browser is gone. */
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);

    private final NoticeBoard board;
    private final Connections connections;
    private final EndOfService end;

    StreamController(NoticeBoard board, Connections connections, EndOfService end) {
        this.board = board;
        this.connections = connections;
        this.end = end;
    }

    /**
     * Begins behind the note that the browser has had last, which it says in {@code Last-Event-ID} when it connects again, or
     * {@code after}.
     */
    @GetMapping(path = "/api/notes/stream", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    Flux<ServerSentEvent<?>> stream(
            @RequestHeader(name = "Last-Event-ID", required = false) @Min(0) @Max(65_535) @Nullable Integer last,
            @RequestParam(defaultValue = "-1") @Min(-1) @Max(65_535) int after) {
        return Flux.merge(connectionEvents(), noteEvents(last == null ? after : last), heartbeats())
                .takeUntilOther(end.signal());
    }

    @GetMapping("/api/connection")
    Mono<Connection> connection() {
        return connections.updates().next();
    }

    private Flux<ServerSentEvent<?>> noteEvents(int after) {
        return board.follow(after)
                .map(note -> ServerSentEvent.builder(note)
                        .event("note")
                        .id(String.valueOf(note.number()))
                        .build());
    }

    private Flux<ServerSentEvent<?>> connectionEvents() {
        return connections
                .updates()
                .map(connection ->
                        ServerSentEvent.builder(connection).event("connection").build());
    }

    private static Flux<ServerSentEvent<?>> heartbeats() {
        return Flux.interval(HEARTBEAT)
                .onBackpressureDrop()
                .map(tick -> ServerSentEvent.builder().comment("alive").build());
    }
}
