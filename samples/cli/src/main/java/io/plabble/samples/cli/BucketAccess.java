package io.plabble.samples.cli;

import io.plabble.protocol.BucketId;
import io.plabble.protocol.BucketKey;
import io.plabble.sdk.Bucket;
import io.plabble.sdk.PlabbleSession;
import java.util.Optional;

/** Which bucket, and the key to it if there is one; closing erases the key. */
record BucketAccess(BucketId id, Optional<BucketKey> key) implements AutoCloseable {
    Bucket in(PlabbleSession session) {
        return key.map(owned -> session.bucket(id, owned)).orElseGet(() -> session.bucket(id));
    }

    @Override
    public void close() {
        key.ifPresent(BucketKey::destroy);
    }
}
