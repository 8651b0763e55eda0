package io.plabble.sdk;

import io.plabble.protocol.SlotRange;
import reactor.core.publisher.Flux;

/**
 * A bucket that outlives sessions, made by {@link PlabbleSessions}. Each request goes to the session that is live then. If that
 * ends before the answer has come, it depends on the request what happens:
 *
 * <table>
 * <caption>What is repeated on the next session</caption>
 * <tr><th></th><th>certainly not written</th><th>written, and perhaps carried out</th></tr>
 * <tr><td>{@code read}</td><td>repeated</td><td>repeated</td></tr>
 * <tr><td>{@code put}, {@code wipe}, {@code delete}</td><td>repeated</td><td>fails; repeated if {@link #repeatingWrites()}</td></tr>
 * <tr><td>{@code append}, {@link PlabbleSessions#createBucket createBucket}</td><td>repeated</td><td>fails, always</td></tr>
 * </table>
 *
 * <p>A request is begun, again or for the first time, within {@link SessionsSpec#waitTimeout()} of its subscription; then the
 * failure is passed on. What the server refuses, what is not answered within {@link PlabbleClient#requestTimeout}, and a read
 * whose answer is longer than {@link PlabbleClient#maxPacketSize} is not repeated.
 */
public interface LastingBucket extends Bucket {
    /**
     * The same bucket, of which {@code put}, {@code wipe} and {@code delete} are repeated even if they may have been carried out.
     * What somebody else has written in the meantime is then overwritten by what is older; and the second {@code delete} may find
     * that the bucket does not exist, code 21.
     */
    LastingBucket repeatingWrites();

    /**
     * What changes in a range from now on, across renewals and losses. The session reads the range first, in one packet as with
     * {@link #read(SlotRange)}, to know what is there. After the end of a session, the next one reads and subscribes in one
     * request, and what is not any more what was last passed on is told, wipes included. So everybody who follows hears the
     * latest state of each slot, in order, and nothing twice. What is written and overwritten in a gap is never known: {@link
     * #updatesAndGaps} tells where one was.
     *
     * <p>Backpressure and overflow are those of {@link Bucket#updates(SlotRange)}. Besides, a digest of each filled slot of the
     * range is kept, some 64 bytes each and 4 MiB at most, and while a gap is being bridged what was read. Fails if the server
     * refuses, if the range has become longer than {@link PlabbleClient#maxPacketSize}, if no session comes about any more
     * ({@link SessionsSpec#reconnection()}), and when the sessions are closed. If the bucket was deleted in a gap, its slots are
     * wiped first, then it fails with code 21.
     */
    @Override
    Flux<SlotUpdate> updates(SlotRange range);

    /** As {@link #updates(SlotRange)}, after the filled slots of the range as items of kind {@link SlotUpdate.Kind#PRESENT}. */
    @Override
    Flux<SlotUpdate> readAndFollow(SlotRange range);

    /** As {@link #updates(SlotRange)}, with a {@link Gap} before what was missed, even if that is nothing. */
    Flux<BucketEvent> updatesAndGaps(SlotRange range);

    /** As {@link #readAndFollow(SlotRange)}, with a {@link Gap} before what was missed, even if that is nothing. */
    Flux<BucketEvent> readAndFollowWithGaps(SlotRange range);
}
