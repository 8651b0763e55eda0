package io.plabble.sdk.kotlin

import io.plabble.protocol.BucketCandidate
import io.plabble.sdk.BucketSpec
import io.plabble.sdk.LastingBucket
import io.plabble.sdk.PlabbleSession
import io.plabble.sdk.PlabbleSessions
import io.plabble.sdk.SessionsState
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.reactive.asFlow
import kotlinx.coroutines.reactor.awaitSingle

/**
 * The session that is live now, or will be: [PlabbleSessions.session] for coroutines. Everybody shares it, so do not close it,
 * and ask again for each piece of work. A cancel ends the wait, not the connect that others wait for, too.
 *
 * A coroutine that has no dispatcher, such as `suspend fun main`, `Dispatchers.Unconfined`, or a suspending controller of Spring
 * WebFlux, goes on on an event loop, or on the thread that keeps the sessions: do not block there.
 *
 * @throws io.plabble.protocol.PlabbleException as [awaitConnect] does, and if it takes longer than
 *   [waitTimeout][io.plabble.sdk.SessionsSpec.waitTimeout]
 */
public suspend fun PlabbleSessions.awaitSession(): PlabbleSession = session().awaitSingle()

/**
 * Creates a bucket that outlives sessions: [PlabbleSessions.createBucket] for coroutines. As [PlabbleSession.awaitCreateBucket],
 * and repeated only if it was certainly not sent.
 *
 * @return the bucket, with its key
 * @throws io.plabble.protocol.PlabbleException if no session comes about, or the server refuses or does not answer
 */
public suspend fun PlabbleSessions.awaitCreateBucket(spec: BucketSpec): LastingBucket = createBucket(spec).awaitSingle()

/**
 * As [awaitCreateBucket], but hands over the bucket's id and key before anything is sent; each time that it is repeated, with
 * another id as well.
 *
 * @param keep as with [PlabbleSession.awaitCreateBucket]
 */
public suspend fun PlabbleSessions.awaitCreateBucket(
    spec: BucketSpec,
    keep: suspend (BucketCandidate) -> Unit,
): LastingBucket = awaitKept(keep) { createBucket(spec, it) }

/**
 * What becomes of the connection, the current state first: [PlabbleSessions.states] as a flow. A collector that lags behind by more than
 * its `buffer` misses some, never the latest. Completes when the sessions are closed.
 */
public fun PlabbleSessions.statesAsFlow(): Flow<SessionsState> = states().asFlow()

/**
 * Closes them: [PlabbleSessions.close] for coroutines. Gives out no more sessions, and lets the answers come in that are underway.
 * Never fails. Cancelling the coroutine ends the wait; the sessions close all the same.
 */
public suspend fun PlabbleSessions.awaitClose() {
    close().awaitCompletion()
}
