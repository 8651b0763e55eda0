package io.plabble.sdk.kotlin

import io.plabble.sdk.PlabbleClient
import io.plabble.sdk.PlabbleSession
import io.plabble.sdk.PlabbleSessions
import io.plabble.sdk.SessionsSpec
import kotlinx.coroutines.CancellableContinuation
import kotlinx.coroutines.reactor.ReactorContext
import kotlinx.coroutines.suspendCancellableCoroutine
import reactor.core.publisher.BaseSubscriber
import reactor.util.context.Context
import kotlin.coroutines.resumeWithException

/**
 * Connects and suspends until the server is verified: [PlabbleClient.connect] for coroutines.
 *
 * The caller owns the session and closes it. Do not return it out of `withTimeout` or `withContext`, which drop what they return
 * when they are cancelled: use [connectTimeout][PlabbleClient.connectTimeout], or [useSession].
 *
 * Cancelling the coroutine closes the connection, without waiting until it is closed; a session that arrives too late for its
 * caller is disposed of. The coroutine's [ReactorContext], if it has one, is the subscriber's context.
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
 * Connects, runs the block and closes the session, whatever becomes of the block: [PlabbleClient.withSession] for
 * coroutines. When the block returns, the answers underway are let in first, for [PlabbleClient.requestTimeout] at most.
 * When it fails or is cancelled, the session is disposed of. The connection is closed before the caller hears of either. A cancel
 * while connecting closes it, too, but does not wait for that.
 *
 * To give out a flow, emit within it: `flow { client.useSession { emitAll(it.bucket(id).updatesAsFlow()) } }`.
 *
 * @param block what to do with the session, in the caller's coroutine; the session must not be used after it
 * @return what the block returns
 * @throws io.plabble.protocol.PlabbleException if no session came about; else only what the block throws; a cancel while the
 *   answers are let in drops what the block returned
 */
public suspend fun <T> PlabbleClient.useSession(block: suspend (PlabbleSession) -> T): T =
    awaitConnect().closing(PlabbleSession::close, block)

/**
 * Keeps one session alive for as long as the block runs, as [PlabbleClient.sessions] does, and closes all of it then: as
 * [useSession] on each outcome. A session that is only being connected then is closed as well, but not waited for.
 *
 * For a service, whose [PlabbleSessions] live as long as itself, the block is its main.
 *
 * @param spec how it is kept; see [sessionsSpec]
 * @param block what to do with the sessions, in the caller's coroutine; they must not be used after it
 * @return what the block returns
 * @throws io.plabble.protocol.PlabbleConfigurationException if the client has not been told whom to trust
 */
public suspend fun <T> PlabbleClient.useSessions(
    spec: SessionsSpec = SessionsSpec.DEFAULT,
    block: suspend (PlabbleSessions) -> T,
): T = sessions(spec).closing(PlabbleSessions::close, block)

/** Does beforehand what the first connect of a JVM spends most of its time on: [PlabbleClient.warmup] for coroutines. */
public suspend fun PlabbleClient.awaitWarmup() {
    warmup().awaitCompletion()
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
