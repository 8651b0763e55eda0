package io.plabble.sdk.kotlin

import kotlinx.coroutines.NonCancellable
import kotlinx.coroutines.reactor.awaitSingleOrNull
import kotlinx.coroutines.withContext
import reactor.core.Disposable
import reactor.core.publisher.Mono

/** Suspends until it completes. */
internal suspend fun Mono<Void>.awaitCompletion() {
    awaitSingleOrNull()
}

/**
 * Closes what the work was done with, as `withSession` does in Java: gently when the work returns, at once when it fails or is
 * cancelled, be it while it closes gently. Either way the connection is closed before this returns or throws, which is why the
 * end may not be cancelled; it is short, as [close] never fails and has only local things to wait for once all is disposed of.
 */
internal suspend fun <R : Disposable, T> R.closing(
    close: (R) -> Mono<Void>,
    work: suspend (R) -> T,
): T =
    try {
        work(this).also { close(this).awaitCompletion() }
    } finally {
        withContext(NonCancellable) {
            dispose()
            close(this@closing).awaitCompletion()
        }
    }
