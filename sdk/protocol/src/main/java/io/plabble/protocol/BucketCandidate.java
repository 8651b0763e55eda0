package io.plabble.protocol;

/**
 * A bucket that a request may have created, though no answer said so. No other key would ever open it, so keep the candidate
 * until it is known whether the bucket exists.
 */
public record BucketCandidate(BucketId id, BucketKey key) {}
