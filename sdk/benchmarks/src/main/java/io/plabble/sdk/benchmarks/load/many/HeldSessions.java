package io.plabble.sdk.benchmarks.load.many;

import static io.plabble.protocol.Permission.PRIVATE_WRITE;

import io.plabble.sdk.Bucket;
import io.plabble.sdk.BucketSpec;
import io.plabble.sdk.PlabbleClient;
import io.plabble.sdk.PlabbleSession;
import io.plabble.sdk.benchmarks.load.PlabbleAddress;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import reactor.core.publisher.Mono;

/** Sessions that read a slot of one bucket. */
final class HeldSessions {
    private static final Duration DEADLINE = Duration.ofSeconds(30);
    private static final int CONTENT = 64;

    private final PlabbleClient client;
    private final Bucket bucket;

    /** @param address the server's */
    HeldSessions(List<String> address) {
        client = PlabbleAddress.decode(address).client();
        PlabbleSession first = Objects.requireNonNull(client.connect().block(DEADLINE));
        bucket = Objects.requireNonNull(
                first.createBucket(BucketSpec.of(PRIVATE_WRITE)).block(DEADLINE));
        bucket.put(0, new byte[CONTENT]).block(DEADLINE);
        first.close().block(DEADLINE);
    }

    Mono<Held> open() {
        return client.connect().map(HeldSession::new);
    }

    private final class HeldSession implements Held {
        private final PlabbleSession session;

        HeldSession(PlabbleSession session) {
            this.session = session;
        }

        @Override
        public Mono<?> request() {
            return session.bucket(bucket.id(), bucket.key().orElseThrow())
                    .read(0)
                    .then();
        }

        @Override
        public Mono<Void> close() {
            return session.close();
        }
    }
}
