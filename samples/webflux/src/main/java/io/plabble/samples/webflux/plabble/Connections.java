package io.plabble.samples.webflux.plabble;

import io.plabble.sdk.PlabbleSessions;
import io.plabble.sdk.SessionsState;
import java.time.Instant;
import java.util.Optional;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What becomes of the connection, for all browsers alike. */
@Component
public class Connections {
    private final Flux<Connection> connections;

    Connections(PlabbleSessions sessions) {
        this.connections = sessions.states()
                // A session may be gone before it is asked who its server is: then the next state is here already.
                .switchMap(state -> server(sessions, state).map(server -> Connection.of(state, Instant.now(), server)))
                .scan(Connection::then)
                .replay(1)
                .autoConnect(0); // from the start, so that it is known since when it is as it is
    }

    /** How it stands, then each change; a subscriber that is slow misses some, never the latest. */
    public Flux<Connection> updates() {
        return connections.onBackpressureLatest();
    }

    private static Mono<Optional<VerifiedServer>> server(PlabbleSessions sessions, SessionsState state) {
        return state.isUp()
                ? sessions.session()
                        .map(session -> Optional.of(VerifiedServer.of(session)))
                        .onErrorReturn(Optional.empty())
                : Mono.just(Optional.empty());
    }
}
