package io.plabble.protocol.internal.packet;

import io.plabble.protocol.SlotRange;

/** A request whose body is a range: {@code [Start u16 [End u16]]} (§8). */
public sealed interface RangeRequest extends BucketRequest permits WipeRequest, ReadRequest, SubscribeRequest {
    SlotRange range();

    @Override
    default int bodyLength() {
        return Ranges.length(range());
    }

    @Override
    default byte[] body() {
        return Ranges.encode(range());
    }
}
