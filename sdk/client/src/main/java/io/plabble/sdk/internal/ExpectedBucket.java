package io.plabble.sdk.internal;

import io.plabble.protocol.BucketCandidate;

/**
 * What a CREATE makes if it goes out with this counter, on which its key depends (§8).
 *
 * @param counter the next counter when it was asked for
 */
record ExpectedBucket(int counter, BucketCandidate candidate) {}
