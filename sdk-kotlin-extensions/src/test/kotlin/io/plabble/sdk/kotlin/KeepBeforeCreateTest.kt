package io.plabble.sdk.kotlin

import io.plabble.protocol.BucketCandidate
import io.plabble.protocol.BucketId
import io.plabble.protocol.BucketKey
import io.plabble.protocol.PacketType
import io.plabble.protocol.PlabbleServerException
import io.plabble.sdk.PlabbleSession
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.CoroutineName
import kotlinx.coroutines.NonCancellable
import kotlinx.coroutines.TimeoutCancellationException
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.currentCoroutineContext
import kotlinx.coroutines.delay
import kotlinx.coroutines.launch
import kotlinx.coroutines.reactor.ReactorContext
import kotlinx.coroutines.reactor.asCoroutineContext
import kotlinx.coroutines.test.runTest
import kotlinx.coroutines.withContext
import kotlinx.coroutines.withTimeout
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.assertThrows
import reactor.core.publisher.Mono
import reactor.util.context.Context
import java.io.IOException
import kotlin.coroutines.ContinuationInterceptor
import kotlin.time.Duration.Companion.seconds

/** The key of a bucket is kept by a coroutine of the caller's, before anything is sent. */
class KeepBeforeCreateTest {
    private val kept = mutableListOf<BucketCandidate>()

    @Test
    fun `the request waits until the key is kept`() =
        withServer { server ->
            trusting(server).useSession { session ->
                val goOn = CompletableDeferred<Unit>()
                val creating =
                    async {
                        session.awaitCreateBucket(ALL_PRIVATE) {
                            kept += it
                            goOn.await()
                        }
                    }
                eventually { kept.isNotEmpty() }
                assertThat(server.received(PacketType.CREATE)).isZero()

                goOn.complete(Unit)

                val bucket = creating.await()
                assertThat(bucket.id()).isEqualTo(kept.single().id())
                assertThat(bucket.key()).contains(kept.single().key())
            }
        }

    @Test
    fun `of a bucket that outlives sessions as well`() =
        withServer { server ->
            trusting(server).useSessions { sessions ->
                val bucket = sessions.awaitCreateBucket(ALL_PRIVATE) { kept += it }

                assertThat(bucket.key()).contains(kept.single().key())
                bucket.awaitAppend("mine")
            }
        }

    @Test
    fun `it is kept in the caller's context`() =
        withServer { server ->
            trusting(server).useSession { session ->
                withContext(CoroutineName("caller") + Context.of("who", "me").asCoroutineContext()) {
                    val dispatcher = currentCoroutineContext()[ContinuationInterceptor]
                    session.awaitCreateBucket(ALL_PRIVATE) {
                        kept += it
                        val context = currentCoroutineContext()
                        assertThat(context[CoroutineName]?.name).isEqualTo("caller")
                        assertThat(context[ContinuationInterceptor]).isSameAs(dispatcher)
                        assertThat(context[ReactorContext]?.context?.get<String>("who")).isEqualTo("me")
                    }
                }
                assertThat(kept).hasSize(1)
            }
        }

    @Test
    fun `what cannot be kept is not created`() =
        withServer { server ->
            trusting(server).useSession { session ->
                val failure =
                    assertThrows<IOException> {
                        session.awaitCreateBucket(ALL_PRIVATE) { throw IOException("the disk is full") }
                    }

                assertThat(failure).hasMessage("the disk is full")
                assertThat(server.received(PacketType.CREATE)).isZero()
                assertThat(session.remainingRequests()).isEqualTo(65_535)
            }
        }

    @Test
    fun `a failure to keep is what the publisher makes of it`() =
        runTest(timeout = PATIENCE) {
            val candidate = BucketCandidate(BucketId.generate(0, emptySet()), BucketKey.of(ByteArray(BucketKey.LENGTH)))

            val created =
                awaitKept({ throw IOException("the disk is full") }) { keep ->
                    Mono.from(keep(candidate)).thenReturn("created").onErrorReturn("mapped")
                }

            assertThat(created).isEqualTo("mapped")
        }

    @Test
    fun `keeping may have a deadline of its own`() =
        withServer { server ->
            trusting(server).useSession { session ->
                assertThrows<TimeoutCancellationException> {
                    session.awaitCreateBucket(ALL_PRIVATE) { withTimeout(1.seconds) { awaitCancellation() } }
                }
                assertThat(server.received(PacketType.CREATE)).isZero()
            }
        }

    @Test
    fun `a cancel cancels it and waits for its end and nothing is sent`() =
        withServer { server ->
            trusting(server).useSession { session ->
                val keeping = CompletableDeferred<Unit>()
                var ended = false
                val creating =
                    launch {
                        session.awaitCreateBucket(ALL_PRIVATE) {
                            try {
                                keeping.complete(Unit)
                                awaitCancellation()
                            } finally {
                                withContext(NonCancellable) { delay(1.seconds) }
                                ended = true
                            }
                        }
                    }
                keeping.await()

                creating.cancel()
                creating.join()

                assertThat(ended).isTrue()
                settle(session)
                assertThat(server.received(PacketType.CREATE)).isZero()
            }
        }

    @Test
    fun `it is called again when it was overtaken`() =
        withServer { server ->
            trusting(server).useSession { session ->
                val bucket =
                    session.awaitCreateBucket(ALL_PRIVATE) {
                        kept += it
                        if (kept.size == 1) {
                            settle(session)
                        }
                    }

                assertThat(kept.map { it.id() }).containsExactly(bucket.id(), bucket.id())
                assertThat(bucket.key()).contains(kept.last().key())
            }
        }

    /** Uses a counter of the session. */
    private suspend fun settle(session: PlabbleSession) {
        assertThrows<PlabbleServerException> { session.bucket(BucketId.generate(0, emptySet())).awaitRead(0) }
    }
}
