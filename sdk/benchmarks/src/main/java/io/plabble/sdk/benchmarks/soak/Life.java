package io.plabble.sdk.benchmarks.soak;

import io.plabble.protocol.BucketId;
import io.plabble.protocol.ErrorCode;
import io.plabble.protocol.PlabbleServerException;
import io.plabble.sdk.PlabbleSession;
import java.util.Set;
import reactor.core.publisher.Mono;

/** A sign of it. */
final class Life {
    private static final BucketId NO_BUCKET = BucketId.generate(0, Set.of());

    private Life() {}

    /** Completes when the server has answered, and be it that it has no such bucket. */
    static Mono<Void> sign(PlabbleSession session) {
        return session.bucket(NO_BUCKET)
                .read()
                .onErrorComplete(error -> error instanceof PlabbleServerException refusal
                        && refusal.code() == ErrorCode.BUCKET_DOES_NOT_EXIST.code())
                .then();
    }
}
