package io.plabble.protocol.internal.packet;

/** A request without a body (§8). */
public sealed interface BodilessRequest extends BucketRequest permits DeleteRequest, UnsubscribeRequest {
    @Override
    default int bodyLength() {
        return 0;
    }

    @Override
    default byte[] body() {
        return new byte[0];
    }
}
