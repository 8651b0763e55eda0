package io.plabble.sdk.kotlin

import io.plabble.protocol.BucketCandidate
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.async
import kotlinx.coroutines.reactor.ReactorContext
import kotlinx.coroutines.reactor.awaitSingle
import kotlinx.coroutines.reactor.mono
import kotlinx.coroutines.supervisorScope
import org.reactivestreams.Publisher
import reactor.core.publisher.Mono
import kotlin.coroutines.EmptyCoroutineContext

/**
 * Creates a bucket whose key a suspending function keeps. It runs as the caller's child, so that it is cancelled with the
 * caller, who goes on only when it has ended; its failure is the publisher's, which decides what comes of it.
 */
internal suspend fun <B : Any> awaitKept(
    keep: suspend (BucketCandidate) -> Unit,
    create: ((BucketCandidate) -> Publisher<Unit>) -> Mono<B>,
): B = supervisorScope { create { candidate -> keeping(candidate, keep) }.awaitSingle() }

/** The context of the caller, with that of the subscriber, which the SDK may have added to. */
private fun CoroutineScope.keeping(
    candidate: BucketCandidate,
    keep: suspend (BucketCandidate) -> Unit,
): Publisher<Unit> =
    mono(Dispatchers.Unconfined) {
        val kept = this@keeping.async(coroutineContext[ReactorContext] ?: EmptyCoroutineContext) { keep(candidate) }
        try {
            kept.await()
        } finally {
            kept.cancel(null) // its default argument is another method in coroutines 1.10 than in 1.11
        }
    }
