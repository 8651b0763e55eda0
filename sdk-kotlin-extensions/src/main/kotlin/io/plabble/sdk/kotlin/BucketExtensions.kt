package io.plabble.sdk.kotlin

import io.plabble.protocol.Slot
import io.plabble.protocol.SlotRange
import io.plabble.sdk.Bucket
import io.plabble.sdk.SlotUpdate
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.reactive.asFlow
import kotlinx.coroutines.reactor.awaitSingleOrNull

/**
 * Fills slots, all or none: [Bucket.put] for coroutines. Cancelling the coroutine does not undo a request that has been written.
 *
 * @param slots at least one, at most 65,536
 * @throws io.plabble.protocol.PlabbleException as [Bucket] says, and so with everything here
 */
public suspend fun Bucket.awaitPut(slots: Collection<Slot>) {
    put(slots).awaitCompletion()
}

/** Fills slots, all or none. */
public suspend fun Bucket.awaitPut(vararg slots: Slot) {
    put(*slots).awaitCompletion()
}

/** Fills one slot; its index is 0 to 65,535. */
public suspend fun Bucket.awaitPut(
    index: Int,
    content: ByteArray,
) {
    put(index, content).awaitCompletion()
}

/** Fills one slot with text in UTF-8. */
public suspend fun Bucket.awaitPut(
    index: Int,
    text: String,
) {
    put(index, text).awaitCompletion()
}

/**
 * Fills the slots after the last filled one, all or none: [Bucket.append] for coroutines. Cancelling the coroutine does not undo a
 * request that has been written.
 *
 * @param contents at least one, copied
 */
public suspend fun Bucket.awaitAppend(contents: Collection<ByteArray>) {
    append(contents).awaitCompletion()
}

/** Fills the slots after the last filled one, all or none. */
public suspend fun Bucket.awaitAppend(vararg contents: ByteArray) {
    append(*contents).awaitCompletion()
}

/** Appends texts in UTF-8, all or none. */
public suspend fun Bucket.awaitAppend(vararg texts: String) {
    append(*texts).awaitCompletion()
}

/**
 * The filled slots of a range, in the order of their indexes: [Bucket.read] as a flow. Each collector sends a request, whose
 * answer comes in one packet: a flow that is collected slowly, or not to its end, has come as a whole all the same.
 */
public fun Bucket.readAsFlow(range: SlotRange = SlotRange.all()): Flow<Slot> = read(range).asFlow()

/** One slot, or none if it is empty, as a flow; see [awaitRead]. */
public fun Bucket.readAsFlow(index: Int): Flow<Slot> = read(index).asFlow()

/** One slot, or null if it is empty. */
public suspend fun Bucket.awaitRead(index: Int): Slot? = read(index).singleOrEmpty().awaitSingleOrNull()

/** Empties slots: [Bucket.wipe] for coroutines. */
public suspend fun Bucket.awaitWipe(range: SlotRange) {
    wipe(range).awaitCompletion()
}

/** Empties one slot. */
public suspend fun Bucket.awaitWipe(index: Int) {
    wipe(index).awaitCompletion()
}

/** Deletes the whole bucket: [Bucket.delete] for coroutines. */
public suspend fun Bucket.awaitDelete() {
    delete().awaitCompletion()
}

/**
 * What changes in a range from now on: [Bucket.updates] as a flow. "Now" is when it is collected; when its last collector is
 * gone, the subscription is given up.
 *
 * The flow asks for updates in batches, of 64 or as many as `buffer(n)` says, and of one with `buffer(0)`. What is not asked for
 * waits in the SDK, up to [updateBuffer][io.plabble.sdk.PlabbleClient.updateBuffer], and beyond it
 * [updateOverflow][io.plabble.sdk.PlabbleClient.updateOverflow] decides: a batch and the buffer are what a collector may lag
 * behind. `buffer(UNLIMITED)` and `conflate()` ask for everything, so that the SDK's buffer stays empty: the one keeps all that
 * comes in memory, the other keeps the latest update only, of whichever slot.
 *
 * @throws io.plabble.sdk.PlabbleLimitException from `collect`, after what was buffered, if the collector does not keep up
 */
public fun Bucket.updatesAsFlow(range: SlotRange = SlotRange.all()): Flow<SlotUpdate> = updates(range).asFlow()

/**
 * The filled slots of a range, then its changes, with nothing between lost: [Bucket.readAndFollow] as a flow. As
 * [updatesAsFlow]; what is there comes in one packet, and does not count as lagging behind.
 */
public fun Bucket.readAndFollowAsFlow(range: SlotRange = SlotRange.all()): Flow<SlotUpdate> = readAndFollow(range).asFlow()
