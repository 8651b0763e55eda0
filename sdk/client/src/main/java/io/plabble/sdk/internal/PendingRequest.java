package io.plabble.sdk.internal;

import io.netty.channel.ChannelFuture;
import io.plabble.protocol.BucketCandidate;
import io.plabble.protocol.BucketId;
import io.plabble.protocol.BucketKey;
import io.plabble.protocol.PacketType;
import io.plabble.protocol.PlabbleException;
import io.plabble.protocol.PlabbleProtocolException;
import io.plabble.protocol.PlabbleServerException;
import io.plabble.protocol.Slot;
import io.plabble.protocol.SlotRange;
import io.plabble.protocol.internal.frame.DynamicLength;
import io.plabble.protocol.internal.packet.BucketRequest;
import io.plabble.protocol.internal.packet.BucketResponse;
import io.plabble.protocol.internal.packet.ErrorResponse;
import io.plabble.protocol.internal.packet.ReadRequest;
import io.plabble.protocol.internal.packet.SlotsResponse;
import io.plabble.protocol.internal.protection.PacketProtection;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A request from its admission until its answer has passed, which may be long after anybody has stopped waiting for it. Event
 * loop only, but for what its subclasses say.
 *
 * <pre>
 * admitted ──► written ──► answered: {@link #succeeded} or {@link #refused}
 *     │           │            ▲
 *     │           ├─ deadline: {@link #failed}, and its place is kept
 *     └───────────┴─ session ended: {@link #failed}
 * </pre>
 */
abstract class PendingRequest {
    private static final int NOT_WRITTEN = -1;

    final PacketType type;
    final @Nullable BucketKey key;
    /** Hears how it ends, once, before anybody else does. */
    final Watch watch;
    /** How many bytes it takes on the wire, Length included. */
    final int size;

    private final BucketId bucketId;
    private final @Nullable SlotRange asked;
    private @Nullable BucketRequest unsent;
    private int counter = NOT_WRITTEN;
    private boolean overdue;
    private @Nullable BucketCandidate candidate;
    private @Nullable ChannelFuture write;
    private long deadline;

    PendingRequest(BucketRequest request, @Nullable BucketKey key, Watch watch) {
        this.type = request.type();
        this.bucketId = request.bucketId();
        this.asked = request instanceof ReadRequest read ? read.range() : null;
        this.unsent = request;
        this.key = key;
        this.watch = watch;
        int packet = Math.toIntExact(packetSize(request));
        this.size = DynamicLength.size(packet) + packet;
    }

    /** How many bytes the packet has, or would have, without Length. */
    static long packetSize(BucketRequest request) {
        return (long) BucketRequest.HEADER_LENGTH + PacketProtection.OVERHEAD + request.bodyLength();
    }

    /** The answer, of the request's own type. */
    abstract void succeeded(BucketResponse response);

    /** The answer is an ERROR. */
    abstract void refused(PlabbleServerException error);

    /** It was never written, is not answered in time, or will not be any more. */
    abstract void failed(PlabbleException error);

    /** Whether somebody still waits; one that is given up before it is written is not sent at all. */
    abstract boolean isAwaited();

    /** Whether it may go out with this counter. */
    boolean mayHave(int next) {
        return true;
    }

    /** It was not written, because it may not go out with the counter that is next. */
    void overtaken() {}

    BucketRequest request() {
        return Objects.requireNonNull(unsent, "written already");
    }

    boolean isWritten() {
        return counter != NOT_WRITTEN;
    }

    /** Whether its answer should have come by now, and may never. */
    boolean isOverdue() {
        return overdue;
    }

    /** Whether a session that is being closed waits for its answer. */
    boolean isWaitedFor() {
        return !overdue;
    }

    BucketId bucketId() {
        return bucketId;
    }

    int counter() {
        return counter;
    }

    @Nullable
    BucketCandidate candidate() {
        return candidate;
    }

    /** When its answer is due, by the event loop's clock. */
    long deadline() {
        return deadline;
    }

    /** The content is let go: a server that does not answer must not make this end keep it. */
    void written(int withCounter, @Nullable BucketCandidate creating, ChannelFuture writing, long until) {
        unsent = null;
        counter = withCounter;
        candidate = creating;
        write = writing;
        deadline = until;
    }

    /** @throws PlabbleProtocolException with reason {@code malformed} if this cannot be the answer; it ends the session */
    void check(BucketResponse response) {
        if (response.type() != type && !(response instanceof ErrorResponse)) {
            throw PlabbleProtocolException.malformed("a " + type + " was answered with a " + response.type());
        }
        if (response instanceof SlotsResponse read && asked != null) {
            int next = asked.first();
            for (Slot slot : read.slots()) {
                if (slot.index() < next || slot.index() > asked.last()) {
                    throw PlabbleProtocolException.malformed("a REQUEST for " + asked + " was answered with slot "
                            + slot.index() + ", which is outside or not in order");
                }
                next = slot.index() + 1;
            }
        }
    }

    void answered(BucketResponse response, String where) {
        if (response instanceof ErrorResponse error) {
            PlabbleServerException refusal = new PlabbleServerException(error.code(), error.message());
            tell(refusal, true, where);
            watch.failed(refusal);
            refused(refusal);
        } else {
            watch.succeeded();
            succeeded(response);
        }
    }

    /** The deadline has passed; what has not left yet still may. */
    void expired(PlabbleException error, String where) {
        overdue = true;
        tell(error, true, where);
        watch.failed(error);
        failed(error);
    }

    /** Nothing more will come. */
    void ended(PlabbleException error, String where) {
        // A packet of which a part is missing cannot be authenticated: only one that has left as a whole can be carried
        // out.
        tell(error, write != null && write.isSuccess(), where);
        watch.failed(error);
        failed(error);
    }

    private void tell(PlabbleException error, boolean written, String where) {
        error.during(bucketId, written, written ? candidate : null)
                .locate(type + " on bucket " + bucketId + ", " + where);
    }
}
