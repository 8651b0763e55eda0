package io.plabble.samples.webflux.web;

import io.plabble.samples.webflux.board.NoticeBoard;
import io.plabble.samples.webflux.plabble.Connection;
import io.plabble.samples.webflux.plabble.Connections;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * What browsers are told as it happens, in one stream, since a browser has only a few connections for a host: events {@code note}, whose id is the
 * note's number; {@code connection}; {@code board}, once it is known whether there is anything on it; and {@code alive}.
 */
@RestController
class StreamController {
    /**
     * Proxies cut connections that are silent for a minute, and only who writes notices that the browser is gone. An event, and no
     * comment, so that the page can tell a silent board from a dead path.
     */
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);

    private static final Retry UNTIL_IT_CAN_BE_READ =
            Retry.backoff(Long.MAX_VALUE, Duration.ofSeconds(1)).maxBackoff(Duration.ofSeconds(10));

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
    ResponseEntity<Flux<ServerSentEvent<?>>> stream(
            @RequestHeader(name = "Last-Event-ID", required = false)
                    @Min(value = 0, message = Paging.NUMBER)
                    @Max(value = Paging.LAST_NUMBER, message = Paging.NUMBER)
                    @Nullable
                    Integer last,
            @RequestParam(defaultValue = "-1")
                    @Min(value = -1, message = Paging.AFTER)
                    @Max(value = Paging.LAST_NUMBER, message = Paging.AFTER)
                    int after) {
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noCache())
                .header("X-Accel-Buffering", "no") // for nginx, which would wait for more
                .body(Flux.merge(
                                connectionEvents(), boardEvent(), noteEvents(last == null ? after : last), heartbeats())
                        .takeUntilOther(end.signal()));
    }

    @GetMapping(path = "/api/connection", produces = MediaType.APPLICATION_JSON_VALUE)
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

    /** Once the board can be read, so that nobody takes it for empty before. */
    private Mono<ServerSentEvent<?>> boardEvent() {
        return board.isEmpty()
                .retryWhen(UNTIL_IT_CAN_BE_READ)
                .map(empty -> ServerSentEvent.builder(Map.of("empty", empty))
                        .event("board")
                        .build());
    }

    private static Flux<ServerSentEvent<?>> heartbeats() {
        return Flux.interval(HEARTBEAT)
                .onBackpressureDrop()
                .map(tick -> ServerSentEvent.builder(Map.of()).event("alive").build());
    }
}
