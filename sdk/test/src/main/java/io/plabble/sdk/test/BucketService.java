package io.plabble.sdk.test;

import io.plabble.protocol.BucketId;
import io.plabble.protocol.BucketKey;
import io.plabble.protocol.ErrorCode;
import io.plabble.protocol.Slot;
import io.plabble.protocol.SlotRange;
import io.plabble.protocol.internal.packet.AppendRequest;
import io.plabble.protocol.internal.packet.BucketRequest;
import io.plabble.protocol.internal.packet.CreateRequest;
import io.plabble.protocol.internal.packet.DeleteRequest;
import io.plabble.protocol.internal.packet.PutRequest;
import io.plabble.protocol.internal.packet.ReadRequest;
import io.plabble.protocol.internal.packet.SubscribeRequest;
import io.plabble.protocol.internal.packet.UnsubscribeRequest;
import io.plabble.protocol.internal.packet.WipeRequest;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.IntStream;

/**
 * Carries out the requests of one connection on the buckets of all (§8): whole, or not at all and with a {@link ServerRefusal}.
 * Of several reasons to refuse, the first of 21, 5, 3 and then 41, 51, 61 or 71 is given.
 */
final class BucketService {
    private final Buckets buckets;
    private final Subscriptions subscriptions;
    private final BiFunction<BucketId, Integer, BucketKey> newKey;
    private final int largestContent;

    /**
     * @param subscriptions the connection's own
     * @param newKey the key of a bucket created by the request with this counter
     */
    BucketService(
            Buckets buckets,
            Subscriptions subscriptions,
            BiFunction<BucketId, Integer, BucketKey> newKey,
            int largestContent) {
        this.buckets = buckets;
        this.subscriptions = subscriptions;
        this.newKey = newKey;
        this.largestContent = largestContent;
    }

    /** @throws ServerRefusal with code 3, 5, 21, 41, 51, 61 or 71 */
    Outcome carryOut(AuthenticRequest authentic) {
        BucketRequest request = authentic.request();
        if (request instanceof CreateRequest create) {
            return create(authentic, create);
        }
        StoredBucket bucket = buckets.require(request.bucketId());
        if (request instanceof PutRequest put) {
            return put(authentic, bucket, put.slots());
        } else if (request instanceof AppendRequest append) {
            return append(authentic, bucket, append.contents());
        } else if (request instanceof WipeRequest wipe) {
            require(bucket.mayWrite(authentic.owner()), ErrorCode.PERMISSION_DENIED);
            return Outcome.changed(authentic, emptied(bucket.wipe(wipe.range())));
        } else if (request instanceof DeleteRequest) {
            return delete(authentic, bucket);
        } else if (request instanceof ReadRequest read) {
            require(bucket.mayRead(authentic.owner()), ErrorCode.PERMISSION_DENIED);
            if (read.subscribes()) {
                subscriptions.start(read.bucketId(), read.range(), authentic.counter());
            }
            return Outcome.read(authentic, bucket.read(read.range()));
        } else if (request instanceof SubscribeRequest subscribe) {
            require(bucket.mayRead(authentic.owner()), ErrorCode.PERMISSION_DENIED);
            subscriptions.start(subscribe.bucketId(), subscribe.range(), authentic.counter());
            return Outcome.done(authentic);
        } else if (request instanceof UnsubscribeRequest) {
            subscriptions.end(request.bucketId());
            return Outcome.done(authentic);
        }
        throw new IllegalStateException("no request that is known: " + request.type());
    }

    private Outcome create(AuthenticRequest authentic, CreateRequest create) {
        BucketId id = create.bucketId();
        buckets.create(id, create.ram(), () -> newKey.apply(id, authentic.counter()));
        create.subscription().ifPresent(range -> subscriptions.start(id, range, authentic.counter()));
        return Outcome.done(authentic);
    }

    private Outcome put(AuthenticRequest authentic, StoredBucket bucket, List<Slot> entries) {
        require(entries.stream().allMatch(entry -> entry.length() <= largestContent), ErrorCode.PAYLOAD_TOO_LARGE);
        if (!bucket.mayWrite(authentic.owner())) {
            require(bucket.mayAppend(authentic.owner()), ErrorCode.PERMISSION_DENIED);
            requireNextSlots(bucket, entries);
        }
        bucket.put(entries);
        return Outcome.changed(authentic, entries);
    }

    /** With append permission only (D18), each entry has to fill the next slot, counting those before it. */
    private static void requireNextSlots(StoredBucket bucket, List<Slot> entries) {
        Set<Integer> filled = new HashSet<>();
        int next = bucket.next();
        for (Slot entry : entries) {
            require(!bucket.holds(entry.index()) && !filled.contains(entry.index()), ErrorCode.SLOT_ALREADY_TAKEN);
            require(entry.index() == next, ErrorCode.PERMISSION_DENIED);
            filled.add(next);
            next++;
        }
    }

    private Outcome append(AuthenticRequest authentic, StoredBucket bucket, List<ByteBuffer> contents) {
        require(
                contents.stream().allMatch(content -> content.remaining() <= largestContent),
                ErrorCode.PAYLOAD_TOO_LARGE);
        require(bucket.mayAppend(authentic.owner()), ErrorCode.PERMISSION_DENIED);
        int next = bucket.next();
        require(next + contents.size() - 1 <= Slot.LAST_INDEX, ErrorCode.BUCKET_FULL);
        List<Slot> entries = IntStream.range(0, contents.size())
                .mapToObj(i -> Slot.of(next + i, contents.get(i)))
                .toList();
        bucket.put(entries);
        return Outcome.changed(authentic, entries);
    }

    private Outcome delete(AuthenticRequest authentic, StoredBucket bucket) {
        require(bucket.mayWrite(authentic.owner()), ErrorCode.PERMISSION_DENIED);
        require(bucket.mayBeDeleted(), ErrorCode.BUCKET_MAY_NOT_BE_DELETED);
        List<Slot> wiped = emptied(bucket.wipe(SlotRange.all()));
        buckets.delete(authentic.request().bucketId());
        return Outcome.deleted(authentic, wiped);
    }

    private static List<Slot> emptied(List<Slot> wiped) {
        return wiped.stream().map(slot -> Slot.of(slot.index(), new byte[0])).toList();
    }

    private static void require(boolean condition, ErrorCode otherwise) {
        if (!condition) {
            throw new ServerRefusal(otherwise);
        }
    }
}
