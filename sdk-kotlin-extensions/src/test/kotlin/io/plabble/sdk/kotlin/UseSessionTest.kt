package io.plabble.sdk.kotlin

import io.plabble.protocol.PacketType
import io.plabble.protocol.PlabbleCertificateException
import io.plabble.sdk.PlabbleSession
import io.plabble.sdk.PlabbleSessionClosedException
import io.plabble.sdk.test.Fault
import io.plabble.sdk.test.FaultPoint
import io.plabble.sdk.test.PlabbleTestServer
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.Job
import kotlinx.coroutines.async
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.emitAll
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.launch
import kotlinx.coroutines.withContext
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.assertThrows
import reactor.core.publisher.Hooks
import java.util.concurrent.CompletableFuture
import java.util.concurrent.CopyOnWriteArrayList
import kotlin.random.Random
import kotlin.time.Duration.Companion.microseconds

/** Once there is a session, it is closed when its block ends, and before the caller hears of that, however it ends. */
class UseSessionTest {
    private val connections = Connections()

    @Test
    fun `what the block returns is returned once the connection is closed`() =
        withServer { server ->
            val fingerprint = client(server).useSession { it.sharedSecret().fingerprint() }

            assertThat(connections.areClosed()).isTrue()
            assertThat(server.sessions().single().fingerprint()).isEqualTo(fingerprint)
        }

    @Test
    fun `a block may return nothing or null`() =
        withServer { server ->
            val nothing: Unit = client(server).useSession {}
            val none: String? = client(server).useSession { null }

            assertThat(nothing).isEqualTo(Unit)
            assertThat(none).isNull()
        }

    @Test
    fun `when the block returns the answers underway are let in`() =
        withServer { server ->
            val answer =
                client(server).useSession { session ->
                    val bucket = session.awaitCreateBucket(ALL_PRIVATE)
                    server.fault(FaultPoint.ANSWER, Fault.hold())
                    bucket.append("underway").toFuture().also {
                        server.receives(PacketType.APPEND)
                        backgroundScope.launch(Dispatchers.Default) {
                            eventually { session.remainingRequests() == 0 } // it is being closed
                            server.release()
                        }
                    }
                }

            assertThat(answer).isCompleted
        }

    @Test
    fun `what the block throws is thrown once the connection is closed`() =
        withServer { server ->
            val failure = IllegalStateException("the block's own")

            val thrown = assertThrows<IllegalStateException> { client(server).useSession { throw failure } }

            assertThat(connections.areClosed()).isTrue()
            assertThat(thrown).isSameAs(failure)
            assertThat(thrown.suppressed).isEmpty()
        }

    @Test
    fun `a failure does not wait for the answers underway`() =
        withServer { server ->
            lateinit var answer: CompletableFuture<Void?>

            assertThrows<IllegalStateException> {
                client(server).useSession { session ->
                    val bucket = session.awaitCreateBucket(ALL_PRIVATE)
                    server.fault(FaultPoint.ANSWER, Fault.hold())
                    answer = bucket.append("underway").toFuture()
                    error("the block's own")
                }
            }

            wasGivenUp(answer)
        }

    @Test
    fun `a server that cannot be verified never gets to the block`() =
        withServer { server ->
            assertThrows<PlabbleCertificateException> {
                client(server).serverName("other.example").useSession { error("there is no session") }
            }
        }

    @Test
    fun `a cancel while connecting closes the connection`() =
        withServer(PlabbleTestServer.builder().fault(FaultPoint.CONNECT_RECEIVED, Fault.silence()).start()) { server ->
            val using = launch { client(server).useSession { error("there is no session") } }
            eventually { server.requests().isNotEmpty() }

            using.cancelAndJoin()
        }

    @Test
    fun `a cancel of the block is over once the connection is closed`() =
        withServer { server ->
            val using =
                launch {
                    client(server).useSession { session ->
                        val bucket = session.awaitCreateBucket(ALL_PRIVATE)
                        server.fault(FaultPoint.ANSWER, Fault.hold())
                        bucket.awaitAppend("underway")
                    }
                }
            server.receives(PacketType.APPEND)

            using.cancelAndJoin()

            assertThat(connections.areClosed()).isTrue()
        }

    @Test
    fun `a cancel while answers are let in waits for none of them`() =
        withServer { server ->
            val answer = CompletableDeferred<CompletableFuture<Void?>>()
            lateinit var used: PlabbleSession
            val using =
                launch {
                    client(server).useSession { session ->
                        used = session
                        val bucket = session.awaitCreateBucket(ALL_PRIVATE)
                        server.fault(FaultPoint.ANSWER, Fault.hold())
                        answer.complete(bucket.append("underway").toFuture())
                    }
                }
            answer.await()
            eventually { used.remainingRequests() == 0 } // it is being closed
            assertThat(using.isActive).isTrue()

            using.cancelAndJoin()

            assertThat(connections.areClosed()).isTrue()
            wasGivenUp(answer.await())
        }

    @Test
    fun `a cancel at any moment leaves no connection and no error that nobody hears`() =
        withServer { server ->
            val dropped = CopyOnWriteArrayList<Throwable>()
            Hooks.onErrorDropped(dropped::add)
            try {
                withContext(Dispatchers.Default) {
                    repeat(CANCELS) {
                        val using = launch { trusting(server).useSession { it.awaitCreateBucket(ALL_PRIVATE) } }
                        delay(Random.nextInt(LONGEST_USE_MICROS).microseconds)
                        using.cancelAndJoin()
                    }
                }
                eventually { server.openConnections() == 0 }
            } finally {
                Hooks.resetOnErrorDropped()
            }

            assertThat(dropped).isEmpty()
        }

    @Test
    fun `a flow may be given out from within`() =
        withServer { server ->
            val client = client(server)
            val updates =
                flow {
                    client.useSession { session ->
                        val bucket = session.awaitCreateBucket(ALL_PRIVATE)
                        bucket.awaitAppend("hello", "world")
                        emitAll(bucket.readAndFollowAsFlow())
                    }
                }

            assertThat(updates.first().text()).isEqualTo("hello")
        }

    @Test
    fun `the block runs in the caller's coroutine`() =
        withServer { server ->
            val caller = CompletableDeferred<Job?>()
            async {
                caller.complete(coroutineContext[Job])
                client(server).useSession {
                    assertThat(kotlin.coroutines.coroutineContext[Job]).isSameAs(caller.await())
                }
            }.await()
        }

    private fun client(server: PlabbleTestServer) = connections.of(trusting(server))

    /** Not after its deadline, nor by the answer. */
    private suspend fun wasGivenUp(request: CompletableFuture<Void?>) {
        eventually { request.isDone }
        assertThat(request.handle { _, failure -> failure }.join()).isInstanceOf(PlabbleSessionClosedException::class.java)
    }

    private companion object {
        const val CANCELS = 200
        const val LONGEST_USE_MICROS = 8_000
    }
}
