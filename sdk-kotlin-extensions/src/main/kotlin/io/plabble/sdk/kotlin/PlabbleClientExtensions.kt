package io.plabble.sdk.kotlin

import io.plabble.sdk.PlabbleClient
import io.plabble.sdk.PlabbleSession
import kotlinx.coroutines.CancellableContinuation
import kotlinx.coroutines.reactor.ReactorContext
import kotlinx.coroutines.suspendCancellableCoroutine
import reactor.core.publisher.BaseSubscriber
import reactor.util.context.Context
import kotlin.coroutines.resumeWithException

/**
 * Connects and suspends until the server is verified: [PlabbleClient.connect] for coroutines.
 *
 * The caller owns the session and closes it. Cancelling the coroutine closes the connection; a session that arrives
 * too late for its caller is disposed of. The coroutine's [ReactorContext], if it has one, is the subscriber's context.
 *
 * @return a verified session
 * @throws io.plabble.protocol.PlabbleException if no session came about; the connection is closed first
 */
public suspend fun PlabbleClient.awaitConnect(): PlabbleSession =
    suspendCancellableCoroutine { continuation ->
        val subscriber = SessionSubscriber(continuation)
        continuation.invokeOnCancellation { subscriber.cancel() }
        connect().subscribe(subscriber)
    }

/**
 * Hands the session to a coroutine. `awaitSingle` would lose one that arrives as the coroutine is cancelled, and the
 * connection with it; so would a subscriber that drops what arrives after its cancel.
 */
private class SessionSubscriber(
    private val continuation: CancellableContinuation<PlabbleSession>,
) : BaseSubscriber<PlabbleSession>() {
    override fun currentContext(): Context = continuation.context[ReactorContext]?.context ?: Context.empty()

    override fun hookOnNext(value: PlabbleSession) {
        continuation.resume(value) { _, late, _ -> late.dispose() }
    }

    override fun hookOnError(throwable: Throwable) {
        continuation.resumeWithException(throwable)
    }
}
