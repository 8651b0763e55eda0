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
    private static final int ANY_COUNTER = -1;

    private final BiFunction<AwaitedRequest<T>, BucketResponse, T> onSuccess;
    private final MonoSink<T> waiter;
    private final int onlyCounter;
    private volatile boolean awaited = true;

    AwaitedRequest(
            BucketRequest request,
            @Nullable BucketKey key,
            BiFunction<AwaitedRequest<T>, BucketResponse, T> onSuccess,
            MonoSink<T> waiter,
            Watch watch) {
        this(request, key, ANY_COUNTER, onSuccess, waiter, watch);
    }

    /**
     * @param onlyCounter the one that it may have
     * @param onSuccess called whether or not anybody still waits
     */
    AwaitedRequest(
            BucketRequest request,
            @Nullable BucketKey key,
            int onlyCounter,
            BiFunction<AwaitedRequest<T>, BucketResponse, T> onSuccess,
            MonoSink<T> waiter,
            Watch watch) {
        super(request, key, watch);
        this.onlyCounter = onlyCounter;
        this.onSuccess = onSuccess;
        this.waiter = waiter.onCancel(() -> {
            awaited = false;
            watch.cancelled();
        });
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
        fail(error);
    }

    @Override
    boolean mayHave(int next) {
        return onlyCounter == ANY_COUNTER || onlyCounter == next;
    }

    @Override
    void overtaken() {
        fail(new Overtaken());
    }

    private void fail(RuntimeException error) {
        if (awaited) {
            awaited = false;
            Signals.deliver(() -> waiter.error(error));
        }
    }
}
