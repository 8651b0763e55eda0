package io.plabble.sdk.test;

import io.plabble.protocol.BucketId;
import io.plabble.protocol.SlotRange;

/**
 * A subscription that the server keeps for one of its connections (§8).
 *
 * @param range as the client wrote it
 */
public record ServerSubscription(BucketId bucket, SlotRange range) {}
