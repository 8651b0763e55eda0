package io.plabble.sdk.kotlin

import io.plabble.protocol.BucketCandidate
import io.plabble.sdk.Bucket
import io.plabble.sdk.BucketSpec
import io.plabble.sdk.PlabbleSession
import kotlinx.coroutines.reactor.awaitSingle

/**
 * Creates a bucket with a new id and key: [PlabbleSession.createBucket] for coroutines. Keep both: the key never travels and
 * cannot be had again.
 *
 * A failure after which the bucket may exist all the same carries its id and key
 * ([candidate][io.plabble.protocol.PlabbleException.candidate]). After a cancel nobody is left to be told: put no `withTimeout`
 * around it, and give it a `keep` where the coroutine may be cancelled.
 *
 * @return the bucket, with its key
 * @throws io.plabble.protocol.PlabbleException if the server refuses or does not answer, or the session has ended
 */
public suspend fun PlabbleSession.awaitCreateBucket(spec: BucketSpec): Bucket = createBucket(spec).awaitSingle()

/**
 * As [awaitCreateBucket], but hands over the bucket's id and key before anything is sent, so that they can be written down:
 * whatever happens then, the key is not lost. Called again with another key if other requests of the session go out meanwhile.
 *
 * @param keep a child of the caller's coroutine; the request is sent when it returns. Its failure is passed on, and nothing is
 *   sent; nor is it when the caller is cancelled, who then waits for its end
 */
public suspend fun PlabbleSession.awaitCreateBucket(
    spec: BucketSpec,
    keep: suspend (BucketCandidate) -> Unit,
): Bucket = awaitKept(keep) { createBucket(spec, it) }

/**
 * Closes this session (to wait for its end: [awaitOnClose]): [PlabbleSession.close] for coroutines. Takes no more requests, and
 * waits for the answers in flight. Never fails. Cancelling the coroutine ends the wait; the session closes all the same.
 */
public suspend fun PlabbleSession.awaitClose() {
    close().awaitCompletion()
}

/**
 * Suspends until the session has ended: [PlabbleSession.onClose] for coroutines. Returns if this end closed it.
 *
 * @throws io.plabble.protocol.PlabbleException why it ended otherwise
 */
public suspend fun PlabbleSession.awaitOnClose() {
    onClose().awaitCompletion()
}
