package io.plabble.sdk.kotlin

import io.plabble.protocol.PacketType
import io.plabble.protocol.PlabbleConfigurationException
import io.plabble.protocol.PlabbleServerException
import io.plabble.protocol.SlotRange
import io.plabble.sdk.Bucket
import io.plabble.sdk.PlabbleLimitException
import io.plabble.sdk.SlotUpdate
import io.plabble.sdk.UpdateOverflow
import io.plabble.sdk.test.PlabbleTestServer
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.channels.Channel.Factory.UNLIMITED
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.buffer
import kotlinx.coroutines.flow.catch
import kotlinx.coroutines.flow.conflate
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.flow.map
import kotlinx.coroutines.flow.take
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.launch
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.assertThrows
import org.junit.jupiter.params.ParameterizedTest
import org.junit.jupiter.params.provider.EnumSource
import java.util.concurrent.CopyOnWriteArrayList

/** Flows ask for as much as their collectors want, and give up what they have when nobody collects. */
class FlowsTest {
    /** How much a flow asks for beyond what is collected. */
    enum class Demand(
        val batch: Int,
        val of: (Flow<SlotUpdate>) -> Flow<SlotUpdate>,
    ) {
        RENDEZVOUS(1, { it.buffer(0) }),
        ONE(1, { it.buffer(1) }),
        FEW(4, { it.buffer(4) }),
        DEFAULT(64, { it }),
    }

    @ParameterizedTest
    @EnumSource
    fun `as many updates as fit wait for a slow collector`(demand: Demand) {
        val fit = demand.batch + BUFFER
        following(UpdateOverflow.FAIL, demand.of, fit, numbers(0 until fit) + LATER)
    }

    @ParameterizedTest
    @EnumSource
    fun `one more is an exception for the collector after what has been buffered`(demand: Demand) {
        val fit = demand.batch + BUFFER
        following(UpdateOverflow.FAIL, demand.of, fit + 1, numbers(0 until fit) + OVERFLOW)
    }

    @ParameterizedTest
    @EnumSource
    fun `or the oldest are dropped`(demand: Demand) {
        val newest = demand.batch + 5 until demand.batch + BUFFER + 5
        following(UpdateOverflow.DROP_OLDEST, demand.of, newest.last + 1, numbers(0 until demand.batch) + numbers(newest) + LATER)
    }

    @ParameterizedTest
    @EnumSource
    fun `or the latest are dropped`(demand: Demand) {
        val fit = demand.batch + BUFFER
        following(UpdateOverflow.DROP_LATEST, demand.of, fit + 5, numbers(0 until fit) + LATER)
    }

    @Test
    fun `a flow without bounds takes everything`() =
        following(UpdateOverflow.FAIL, { it.buffer(UNLIMITED) }, 100, numbers(0 until 100) + LATER)

    @Test
    fun `a conflated flow keeps the latest update`() = following(UpdateOverflow.FAIL, { it.conflate() }, 100, listOf("0", "99", LATER))

    @Test
    fun `the present content is no lag`() =
        withBucket { _, bucket ->
            repeat(BUFFER * 3) { bucket.awaitPut(it, "$it") }

            val present =
                bucket
                    .readAndFollowAsFlow()
                    .buffer(0)
                    .take(BUFFER * 3)
                    .toList()

            assertThat(present.map { it.kind() }).containsOnly(SlotUpdate.Kind.PRESENT)
        }

    @Test
    fun `cancelling the only collector unsubscribes`() =
        withBucket { server, bucket ->
            coroutineScope {
                val collecting = launch { bucket.updatesAsFlow().collect {} }
                eventually { server.subscriptions().isNotEmpty() }

                collecting.cancelAndJoin()

                server.receives(PacketType.UNSUBSCRIBE)
                assertThat(server.subscriptions()).isEmpty()
            }
        }

    @Test
    fun `having enough unsubscribes`() =
        withBucket { server, bucket ->
            coroutineScope {
                val news = async { bucket.updatesAsFlow(SlotRange.slot(7)).first().text() }
                eventually { server.subscriptions().isNotEmpty() }
                bucket.awaitPut(6, "not asked for")
                bucket.awaitPut(7, "news")

                assertThat(news.await()).isEqualTo("news")
                server.receives(PacketType.UNSUBSCRIBE)
            }
        }

    @Test
    fun `each collector asks anew and two of them share one subscription`() =
        withBucket { server, bucket ->
            val updates = bucket.updatesAsFlow()
            coroutineScope {
                val both = List(2) { async { updates.first().text() } }
                server.receives(PacketType.SUBSCRIBE)
                settle(bucket)
                bucket.awaitAppend("for both")

                assertThat(both.map { it.await() }).containsOnly("for both")
                assertThat(server.received(PacketType.SUBSCRIBE)).isEqualTo(1)
            }
        }

    @Test
    fun `a flow nobody collects asks for nothing`() =
        withBucket { server, bucket ->
            bucket.updatesAsFlow()
            bucket.readAsFlow()
            settle(bucket)

            assertThat(server.received(PacketType.SUBSCRIBE)).isZero()
            assertThat(server.received(PacketType.REQUEST)).isEqualTo(1)
        }

    @Test
    fun `a refusal is thrown by the collector and the session goes on`() =
        withBucket { _, bucket ->
            val slots = bucket.readAsFlow()
            bucket.awaitDelete()

            val refused = assertThrows<PlabbleServerException> { slots.toList() }

            assertThat(refused.code()).isEqualTo(21)
        }

    @Test
    fun `a wrong argument is refused at the call`() =
        withBucket { _, bucket ->
            assertThrows<PlabbleConfigurationException> { bucket.readAsFlow(65_536) }
        }

    /** Puts so many numbers while the collector is stuck with the first, and one more update when it has caught up. */
    private fun following(
        overflow: UpdateOverflow,
        demand: (Flow<SlotUpdate>) -> Flow<SlotUpdate>,
        count: Int,
        expected: List<String>,
    ) = withBucket(overflow) { server, bucket ->
        val stuck = CompletableDeferred<Unit>()
        val goOn = CompletableDeferred<Unit>()
        val heard = CopyOnWriteArrayList<String>()
        coroutineScope {
            val collecting =
                launch {
                    demand(bucket.updatesAsFlow(SlotRange.of(0, count)))
                        .map { it.text() }
                        .catch { emit((it as PlabbleLimitException).reason().code()) }
                        .collect {
                            heard += it
                            stuck.complete(Unit)
                            goOn.await()
                        }
                }
            eventually { server.subscriptions().isNotEmpty() }
            bucket.awaitPut(0, "0")
            stuck.await()
            (1 until count).map { async { bucket.awaitPut(it, "$it") } }.awaitAll()
            settle(bucket)

            goOn.complete(Unit)
            eventually { heard.size >= expected.size - 1 }
            bucket.awaitPut(count, LATER)

            eventually { heard.last() == expected.last() }
            collecting.cancelAndJoin()
        }
        assertThat(heard).isEqualTo(expected)
    }

    private fun numbers(range: IntRange): List<String> = range.map { "$it" }

    private fun withBucket(
        overflow: UpdateOverflow = UpdateOverflow.FAIL,
        test: suspend (PlabbleTestServer, Bucket) -> Unit,
    ) = withServer { server ->
        trusting(server).updateBuffer(BUFFER).updateOverflow(overflow).useSession { session ->
            test(server, session.awaitCreateBucket(ALL_PRIVATE))
        }
    }

    private companion object {
        const val BUFFER = 3
        const val LATER = "later"
        const val OVERFLOW = "subscriber-overflow"
    }
}
