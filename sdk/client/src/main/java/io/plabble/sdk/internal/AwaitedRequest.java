package io.plabble.sdk.internal;

import io.plabble.protocol.BucketKey;
import io.plabble.protocol.PlabbleException;
import io.plabble.protocol.PlabbleServerException;
import io.plabble.protocol.internal.packet.BucketRequest;
import io.plabble.protocol.internal.packet.BucketResponse;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.MonoSink;

/** A request that a subscriber waits for, and may cancel from any thread. */
final class AwaitedRequest<T> extends PendingRequest {
    private final BiFunction<AwaitedRequest<T>, BucketResponse, T> onSuccess;
    private final MonoSink<T> waiter;
    private volatile boolean awaited = true;

    /** @param onSuccess called whether or not anybody still waits */
    AwaitedRequest(
            BucketRequest request,
            @Nullable BucketKey key,
            BiFunction<AwaitedRequest<T>, BucketResponse, T> onSuccess,
            MonoSink<T> waiter) {
        super(request, key);
        this.onSuccess = onSuccess;
        this.waiter = waiter.onCancel(() -> awaited = false);
    }

    @Override
    boolean isAwaited() {
        return awaited;
    }

    @Override
    void succeeded(BucketResponse response) {
        T result = onSuccess.apply(this, response);
        if (awaited) {
            awaited = false;
            Signals.deliver(() -> waiter.success(result));
        }
    }

    @Override
    void refused(PlabbleServerException error) {
        failed(error);
    }

    @Override
    void failed(PlabbleException error) {
        if (awaited) {
            awaited = false;
            Signals.deliver(() -> waiter.error(error));
        }
    }
}
