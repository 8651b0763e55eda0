package io.plabble.sdk.internal;

import io.plabble.protocol.BucketId;
import io.plabble.protocol.internal.crypto.SessionKeyPair;
import io.plabble.sdk.BucketSpec;
import java.security.SecureRandom;
import java.util.function.Function;

/**
 * Where what is new in a session comes from; tests replay recorded sessions with it.
 *
 * @param keyPairs makes the session's key pair
 * @param bucketIds makes the id of a bucket to be created
 * @param firstRequest the counter of the first request after CONNECT
 * @param firstResponse the counter of the first response after CONNECT
 */
public record Origins(
        Function<SecureRandom, SessionKeyPair> keyPairs,
        Function<BucketSpec, BucketId> bucketIds,
        int firstRequest,
        int firstResponse) {
    /** New randomness, and counters from 0 (§6). */
    public static final Origins DEFAULT = new Origins(
            SessionKeyPair::generate, spec -> BucketId.generate(spec.lifetimeDays(), spec.permissions()), 0, 0);

    public Origins withKeyPairs(Function<SecureRandom, SessionKeyPair> source) {
        return new Origins(source, bucketIds, firstRequest, firstResponse);
    }

    public Origins withBucketIds(Function<BucketSpec, BucketId> source) {
        return new Origins(keyPairs, source, firstRequest, firstResponse);
    }

    public Origins withFirstCounters(int request, int response) {
        return new Origins(keyPairs, bucketIds, request, response);
    }
}
