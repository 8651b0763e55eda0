package io.plabble.sdk.kotlin

import io.plabble.protocol.PlabbleConfigurationException
import io.plabble.protocol.PlabbleException
import io.plabble.protocol.SlotRange
import io.plabble.protocol.certificate.TrustStore
import io.plabble.sdk.BucketEvent
import io.plabble.sdk.Gap
import io.plabble.sdk.PlabbleClient
import io.plabble.sdk.PlabbleConnectException
import io.plabble.sdk.PlabbleSessionClosedException
import io.plabble.sdk.PlabbleSessions
import io.plabble.sdk.SessionsState.Phase
import io.plabble.sdk.SlotUpdate
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.flow.onEach
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.launch
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.assertThrows
import java.util.concurrent.CompletableFuture

/** One session for a whole application, as coroutines see it. */
class SessionsTest {
    @Test
    fun `everybody shares one session and none of them closes it`() =
        withServer { server ->
            trusting(server).useSessions { sessions ->
                val all = List(10) { async { sessions.awaitSession() } }.map { it.await() }

                assertThat(all.toSet()).hasSize(1)
                assertThat(all.first().isDisposed).isFalse()
                assertThat(server.accepted()).isEqualTo(1)
            }
        }

    @Test
    fun `a coroutine that is cancelled takes the session from nobody`() =
        withServer { server ->
            val roots = CompletableFuture<TrustStore>()
            trusting(server).trust { roots.get() }.useSessions { sessions ->
                val patient = async { sessions.awaitSession() }
                val impatient = launch { sessions.awaitSession() }
                sessions.statesAsFlow().first { it.phase() == Phase.CONNECTING }

                impatient.cancelAndJoin()
                roots.complete(server.trustStore())

                assertThat(patient.await().isDisposed).isFalse()
            }
        }

    @Test
    fun `they are closed when the block returns`() =
        withServer { server ->
            val connections = Connections()
            lateinit var used: PlabbleSessions
            connections.of(trusting(server)).useSessions {
                used = it
                it.awaitSession()
            }

            assertThat(connections.areClosed()).isTrue()
            assertThat(used.health().state().phase()).isEqualTo(Phase.CLOSED)
            assertThrows<PlabbleSessionClosedException> { used.awaitSession() }
        }

    @Test
    fun `they are closed when the block fails`() =
        withServer { server ->
            val connections = Connections()
            assertThrows<IllegalStateException> {
                connections.of(trusting(server)).useSessions<Unit> {
                    it.awaitSession()
                    error("the block's own")
                }
            }

            assertThat(connections.areClosed()).isTrue()
        }

    @Test
    fun `they are closed when the block is cancelled`() =
        withServer { server ->
            val connections = Connections()
            val connected = CompletableDeferred<Unit>()
            val using =
                launch {
                    connections.of(trusting(server)).useSessions {
                        it.awaitSession()
                        connected.complete(Unit)
                        awaitCancellation()
                    }
                }
            connected.await()

            using.cancelAndJoin()

            assertThat(connections.areClosed()).isTrue()
        }

    @Test
    fun `a client that trusts nobody has none`() =
        withServer { server ->
            assertThrows<PlabbleConfigurationException> {
                PlabbleClient.create(server.host(), server.port()).useSessions {}
            }
        }

    @Test
    fun `their states are a flow that ends with them`() =
        withServer { server ->
            coroutineScope {
                val sessions = trusting(server).sessions()
                val begun = CompletableDeferred<Unit>()
                val states =
                    async {
                        sessions
                            .statesAsFlow()
                            .onEach { begun.complete(Unit) }
                            .toList()
                            .map { it.phase() }
                    }
                begun.await()
                sessions.awaitSession()
                sessions.awaitClose()

                assertThat(states.await()).startsWith(Phase.IDLE).endsWith(Phase.CLOSED)
            }
        }

    @Test
    fun `a bucket that outlives sessions is written on the next one and followers go on`() =
        withServer { server ->
            trusting(server).useSessions { sessions ->
                val bucket = sessions.awaitCreateBucket(ALL_PRIVATE)
                bucket.awaitAppend("before")
                listening(bucket.readAndFollowWithGapsAsFlow()) { events ->
                    assertThat((events.receive() as SlotUpdate).text()).isEqualTo("before")
                    server.closeConnections()
                    assertThat((events.receive() as Gap).loss()).containsInstanceOf(PlabbleException::class.java)
                    bucket.awaitAppend("after")
                    assertThat((events.receive() as SlotUpdate).text()).isEqualTo("after")
                }
                listening(bucket.updatesAndGapsAsFlow(SlotRange.slot(2))) { events ->
                    eventually { server.subscriptions().any { it.range() == SlotRange.slot(2) } }
                    bucket.awaitAppend("news")
                    assertThat((events.receive() as SlotUpdate).text()).isEqualTo("news")
                }
                assertThat(bucket.readAndFollowAsFlow().first().text()).isEqualTo("before")
            }
        }

    @Test
    fun `a failure to connect is whoever asked's`() =
        withServer { server ->
            val client = trusting(server)
            server.close()

            val failure =
                assertThrows<PlabbleConnectException> { client.useSessions { it.awaitSession() } }

            assertThat(failure.reason().code()).isEqualTo("connection-refused")
        }

    private suspend fun listening(
        flow: Flow<BucketEvent>,
        test: suspend (Channel<BucketEvent>) -> Unit,
    ) = coroutineScope {
        val events = Channel<BucketEvent>(Channel.UNLIMITED)
        val collecting = launch { flow.collect(events::send) }
        test(events)
        collecting.cancelAndJoin()
    }
}
