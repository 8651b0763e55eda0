package io.plabble.sdk.kotlin

import io.plabble.protocol.PlabbleServerException
import io.plabble.protocol.Slot
import io.plabble.protocol.SlotRange
import kotlinx.coroutines.flow.toList
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.assertThrows

/** Everything that a session does, asked of a server. */
class OperationsTest {
    @Test
    fun `slots are put by index and as slots and are read back`() =
        withServer { server ->
            trusting(server).useSession { session ->
                val bucket = session.awaitCreateBucket(ALL_PRIVATE)
                bucket.awaitPut(0, "zero")
                bucket.awaitPut(1, byteArrayOf(1))
                bucket.awaitPut(Slot.of(2, "two"), Slot.of(3, "three"))
                bucket.awaitPut(listOf(Slot.of(4, "four")))

                assertThat(bucket.readAsFlow().toList())
                    .containsExactly(
                        Slot.of(0, "zero"),
                        Slot.of(1, byteArrayOf(1)),
                        Slot.of(2, "two"),
                        Slot.of(3, "three"),
                        Slot.of(4, "four"),
                    )
                assertThat(bucket.readAsFlow(SlotRange.of(1, 2)).toList().map { it.index() }).containsExactly(1, 2)
                assertThat(bucket.readAsFlow(4).toList()).containsExactly(Slot.of(4, "four"))
            }
        }

    @Test
    fun `texts and bytes are appended`() =
        withServer { server ->
            trusting(server).useSession { session ->
                val bucket = session.awaitCreateBucket(ALL_PRIVATE)
                bucket.awaitAppend("a", "b")
                bucket.awaitAppend(byteArrayOf(99), byteArrayOf(100))
                bucket.awaitAppend(listOf(byteArrayOf(101)))

                assertThat(bucket.readAsFlow().toList().map { it.text() }).containsExactly("a", "b", "c", "d", "e")
            }
        }

    @Test
    fun `one slot is there or null`() =
        withServer { server ->
            trusting(server).useSession { session ->
                val bucket = session.awaitCreateBucket(ALL_PRIVATE)
                bucket.awaitAppend("first")

                assertThat(bucket.awaitRead(0)).isEqualTo(Slot.of(0, "first"))
                assertThat(bucket.awaitRead(1)).isNull()
            }
        }

    @Test
    fun `slots are wiped and the bucket is deleted`() =
        withServer { server ->
            trusting(server).useSession { session ->
                val bucket = session.awaitCreateBucket(ALL_PRIVATE)
                bucket.awaitAppend("a", "b", "c")
                bucket.awaitWipe(0)
                bucket.awaitWipe(SlotRange.from(2))
                assertThat(server.bucket(bucket.id())).contains(listOf(Slot.of(1, "b")))

                bucket.awaitDelete()

                assertThat(server.bucket(bucket.id())).isEmpty()
                assertThat(assertThrows<PlabbleServerException> { bucket.awaitRead(1) }.code()).isEqualTo(21)
            }
        }

    @Test
    fun `a session is closed and tells of its end`() =
        withServer { server ->
            val session = trusting(server).awaitConnect()

            session.awaitClose()

            session.awaitOnClose()
            assertThat(session.isDisposed).isTrue()
        }

    @Test
    fun `a client is warmed up without a connection`() =
        withServer { server ->
            trusting(server).awaitWarmup()

            assertThat(server.accepted()).isZero()
        }
}
