package io.plabble.sdk.kotlin

import io.plabble.protocol.PacketType
import io.plabble.protocol.PlabbleException
import io.plabble.sdk.test.Fault
import io.plabble.sdk.test.FaultPoint
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.flow.map
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.joinAll
import kotlinx.coroutines.launch
import kotlinx.coroutines.withTimeoutOrNull
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.assertThrows
import kotlin.time.Duration.Companion.hours

/** Coroutines that share a session succeed, fail and are cancelled as coroutines do anywhere. */
class StructuredConcurrencyTest {
    @Test
    fun `a child that fails cancels its siblings and its failure is the caller's`() =
        withServer { server ->
            val cancelled = mutableListOf<String>()

            val failure =
                assertThrows<IllegalStateException> {
                    trusting(server).useSession { session ->
                        val bucket = session.awaitCreateBucket(ALL_PRIVATE)
                        coroutineScope {
                            launch {
                                try {
                                    bucket.updatesAsFlow().collect {}
                                } finally {
                                    cancelled += "collecting"
                                }
                            }
                            launch {
                                server.fault(FaultPoint.ANSWER, Fault.hold())
                                try {
                                    bucket.awaitAppend("never answered")
                                } finally {
                                    cancelled += "requesting"
                                }
                            }
                            launch {
                                server.receives(PacketType.APPEND)
                                error("the first")
                            }
                        }
                    }
                }

            assertThat(failure).hasMessage("the first")
            assertThat(cancelled).containsExactlyInAnyOrder("collecting", "requesting")
            eventually { server.openConnections() == 0 }
        }

    @Test
    fun `the end of the session fails those who use it with the reason`() =
        withServer { server ->
            val failure =
                assertThrows<PlabbleException> {
                    trusting(server).useSession { session ->
                        val bucket = session.awaitCreateBucket(ALL_PRIVATE)
                        coroutineScope {
                            launch { awaitCancellation() }
                            launch { bucket.updatesAsFlow().collect {} }
                            launch { session.awaitOnClose() }
                            server.receives(PacketType.SUBSCRIBE)
                            server.closeConnections()
                        }
                    }
                }

            assertThat(failure.reason().code()).isEqualTo("connection-closed")
        }

    @Test
    fun `many requests are underway at once and all are answered`() =
        withServer { server ->
            val read =
                trusting(server).useSession { session ->
                    val bucket = session.awaitCreateBucket(ALL_PRIVATE)
                    coroutineScope {
                        (0 until MANY).map { number -> async { bucket.awaitPut(number, "$number") } }.awaitAll()
                        (0 until MANY).map { number -> async { bucket.awaitRead(number)?.text() } }.awaitAll()
                    }
                }

            assertThat(read).isEqualTo((0 until MANY).map { "$it" })
        }

    @Test
    fun `many sessions are used at once`() =
        withServer { server ->
            val client = trusting(server)
            val fingerprints =
                (0 until SESSIONS)
                    .map { async { client.useSession { session -> session.sharedSecret().fingerprint() } } }
                    .awaitAll()

            assertThat(fingerprints).doesNotHaveDuplicates()
            assertThat(fingerprints).containsExactlyInAnyOrderElementsOf(server.sessions().map { it.fingerprint() })
        }

    @Test
    fun `a request that is timed out harms neither the session nor the others`() =
        withServer { server ->
            trusting(server).useSession { session ->
                val bucket = session.awaitCreateBucket(ALL_PRIVATE)
                server.fault(FaultPoint.ANSWER, Fault.hold())

                val answer = withTimeoutOrNull(1.hours) { bucket.awaitPut(0, "too late") } // of the test's time

                assertThat(answer).isNull()
                server.release()
                bucket.awaitPut(1, "in time")
                assertThat(bucket.readAsFlow().map { it.text() }.toList()).contains("in time")
            }
        }

    @Test
    fun `requests that are cancelled do not fail others`() =
        withServer { server ->
            trusting(server).useSession { session ->
                val bucket = session.awaitCreateBucket(ALL_PRIVATE)
                server.fault(FaultPoint.ANSWER, Fault.hold())
                coroutineScope {
                    val requests = (0 until MANY).map { number -> launch { bucket.awaitPut(number, "$number") } }
                    server.receives(PacketType.PUT, MANY.toLong())
                    val (even, odd) = requests.withIndex().partition { it.index % 2 == 0 }

                    even.forEach { it.value.cancelAndJoin() }
                    server.release()

                    odd.map { it.value }.joinAll()
                }
                assertThat(bucket.readAsFlow().toList()).hasSize(MANY) // what was written is not undone
            }
        }

    @Test
    fun `a coroutine may hand its session to its children and wait for none`() =
        withServer { server ->
            val heard = CompletableDeferred<String>()
            trusting(server).useSession { session ->
                val bucket = session.awaitCreateBucket(ALL_PRIVATE)
                coroutineScope {
                    val following = launch { bucket.updatesAsFlow().collect { heard.complete(it.text()) } }
                    server.receives(PacketType.SUBSCRIBE)
                    bucket.awaitAppend("news")

                    assertThat(heard.await()).isEqualTo("news")
                    following.cancelAndJoin()
                }
            }
        }

    private companion object {
        const val MANY = 500
        const val SESSIONS = 10
    }
}
