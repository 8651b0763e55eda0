package io.plabble.sdk.kotlin

import io.plabble.protocol.SlotRange
import io.plabble.sdk.BucketEvent
import io.plabble.sdk.LastingBucket
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.reactive.asFlow

/**
 * What changes in a range from now on, across sessions, with a [Gap][io.plabble.sdk.Gap] before what was missed:
 * [LastingBucket.updatesAndGaps] as a flow. Buffers as [updatesAsFlow] does.
 */
public fun LastingBucket.updatesAndGapsAsFlow(range: SlotRange = SlotRange.all()): Flow<BucketEvent> = updatesAndGaps(range).asFlow()

/** As [updatesAndGapsAsFlow], after the filled slots of the range: [LastingBucket.readAndFollowWithGaps] as a flow. */
public fun LastingBucket.readAndFollowWithGapsAsFlow(range: SlotRange = SlotRange.all()): Flow<BucketEvent> =
    readAndFollowWithGaps(range).asFlow()
