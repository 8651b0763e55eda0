package io.plabble.samples.webflux.web;

import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** Ends the streams when the service is stopped: a graceful shutdown waits for every answer, and theirs would never end. */
@Component
class EndOfService {
    private final Sinks.Empty<Void> end = Sinks.empty();

    Mono<Void> signal() {
        return end.asMono();
    }

    @EventListener(ContextClosedEvent.class)
    void closed() {
        end.tryEmitEmpty();
    }
}
