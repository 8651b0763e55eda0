package io.plabble.sdk;

import io.plabble.protocol.BucketId;
import io.plabble.protocol.BucketKey;
import io.plabble.protocol.PlabbleConfigurationException;
import io.plabble.protocol.PlabbleException;
import io.plabble.protocol.PlabbleProtocolException;
import io.plabble.protocol.PlabbleServerException;
import io.plabble.protocol.Slot;
import io.plabble.protocol.SlotRange;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A bucket as a session sees it: a list of 65,536 slots, 0 to 65,535, each empty or holding bytes (§8). Made by {@link
 * PlabbleSession#createBucket} and {@link PlabbleSession#bucket}; holding one costs nothing.
 *
 * <p>All publishers are cold: each subscription is one request. A wrong argument is refused at the call with {@link
 * PlabbleConfigurationException}; everything else is signalled as a {@link PlabbleException}: {@link PlabbleServerException} if
 * the server refuses, {@link PlabbleTimeoutException} after the request's deadline, {@link PlabbleLimitException} beyond the
 * requests in flight or the bytes that wait to be written, {@link PlabbleSessionClosedException} once the session has been closed or
 * has used up its counters, {@link PlabbleProtocolException} once the peer has broken the protocol. After the last two, connect again.
 * Signals usually come on an event loop, which must not be blocked. Cancelling a request that has been written does not undo it.
 *
 * <p>A bucket that does not exist is refused with code 21, a wrong key with 4, what is not permitted, or not without the key, with 3.
 */
public interface Bucket {
    /** The id, which says for good what may be done with the bucket. */
    BucketId id();

    /** The key that requests to this bucket are authenticated with, if there is one. */
    Optional<BucketKey> key();

    /**
     * Fills slots, all or none. With permission to write it overwrites; with permission to append only, it may fill the next slot
     * (D18). Refused with code 51 if that slot is taken, 5 if the content is too large for the server.
     *
     * @param slots at least one, at most 65,536
     * @throws PlabbleConfigurationException if the packet would be longer than {@link PlabbleClient#maxPacketSize}
     */
    Mono<Void> put(Collection<Slot> slots);

    /** As {@link #put(Collection)}. */
    default Mono<Void> put(Slot... slots) {
        return put(slots == null ? List.of() : Arrays.asList(slots));
    }

    /** Fills one slot. */
    default Mono<Void> put(int index, byte[] content) {
        return put(List.of(Slot.of(index, content)));
    }

    /** Fills one slot with text in UTF-8. */
    default Mono<Void> put(int index, String text) {
        return put(List.of(Slot.of(index, text)));
    }

    /**
     * Fills the slots after the last filled one, all or none (D19). Refused with code 61 if the bucket is full, 5 if the content is
     * too large for the server.
     *
     * @param contents at least one, copied
     * @throws PlabbleConfigurationException if the packet would be longer than {@link PlabbleClient#maxPacketSize}
     */
    Mono<Void> append(Collection<byte[]> contents);

    /** As {@link #append(Collection)}. */
    default Mono<Void> append(byte[]... contents) {
        return append(contents == null ? List.of() : Arrays.asList(contents));
    }

    /** Appends texts in UTF-8. */
    default Mono<Void> append(String... texts) {
        if (texts == null || Arrays.stream(texts).anyMatch(text -> text == null)) {
            throw new PlabbleConfigurationException("append: must not be null");
        }
        return append(Arrays.stream(texts)
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toList());
    }

    /**
     * The filled slots of a range in the order of their indexes; completes without any if there are none. They come in one packet: if
     * it is longer than {@link PlabbleClient#maxPacketSize}, <strong>the session ends</strong> with {@code packet-too-large}, for
     * everybody on it. Read large buckets in several ranges.
     */
    Flux<Slot> read(SlotRange range);

    /** All filled slots; as {@link #read(SlotRange)}, in one packet. */
    default Flux<Slot> read() {
        return read(SlotRange.all());
    }

    /** One slot; completes without it if it is empty. */
    default Flux<Slot> read(int index) {
        return read(SlotRange.slot(index));
    }

    /** Empties slots. Needs permission to write. */
    Mono<Void> wipe(SlotRange range);

    /** Empties one slot. */
    default Mono<Void> wipe(int index) {
        return wipe(SlotRange.slot(index));
    }

    /** Deletes the whole bucket. Needs permission to write, and a bucket that may be deleted: else it is refused with code 71. */
    Mono<Void> delete();

    /**
     * What changes in a range from now on: one item for each slot that is put, appended or wiped, this session's own changes
     * among them. Everything that is asked of the session after the subscription is part of it. What was asked before is not, but
     * where the connection is subscribed already, to the whole range, it may be: its update may still be on its way.
     *
     * <p>Honours backpressure with a buffer of {@link PlabbleClient#updateBuffer} updates; what happens beyond it says {@link
     * PlabbleClient#updateOverflow}. Several subscribers share the one subscription that a connection has to a bucket; when the
     * last has gone, it is given up. Never completes but when this session deletes the bucket: when the session ends, it signals
     * why. That somebody else has deleted the bucket shows in that its slots are wiped, and in error 21 once this session asks for it.
     */
    Flux<SlotUpdate> updates(SlotRange range);

    /** As {@link #updates(SlotRange)}, of the whole bucket. */
    default Flux<SlotUpdate> updates() {
        return updates(SlotRange.all());
    }

    /**
     * The filled slots of a range, then its changes, with nothing between lost: first items of kind {@link
     * SlotUpdate.Kind#PRESENT} in the order of their indexes, then as {@link #updates(SlotRange)}. What is there comes in one packet, as
     * with {@link #read(SlotRange)}.
     */
    Flux<SlotUpdate> readAndFollow(SlotRange range);

    /** As {@link #readAndFollow(SlotRange)}, of the whole bucket. */
    default Flux<SlotUpdate> readAndFollow() {
        return readAndFollow(SlotRange.all());
    }
}
