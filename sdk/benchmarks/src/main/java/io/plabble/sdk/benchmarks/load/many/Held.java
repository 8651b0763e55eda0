package io.plabble.sdk.benchmarks.load.many;

import reactor.core.publisher.Mono;

/** Something that a process may hold many of. */
interface Held {
    /** A request and its answer. */
    Mono<?> request();

    /** Completes when it is closed. */
    Mono<Void> close();
}
