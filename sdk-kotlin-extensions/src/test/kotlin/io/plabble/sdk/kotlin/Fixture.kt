package io.plabble.sdk.kotlin

import io.netty.channel.Channel
import io.netty.channel.ChannelHandlerContext
import io.netty.channel.ChannelOutboundHandlerAdapter
import io.netty.channel.ChannelPromise
import io.plabble.protocol.PacketType
import io.plabble.protocol.Permission.DELETABLE
import io.plabble.protocol.Permission.PRIVATE_APPEND
import io.plabble.protocol.Permission.PRIVATE_WRITE
import io.plabble.sdk.Bucket
import io.plabble.sdk.BucketSpec
import io.plabble.sdk.PlabbleClient
import io.plabble.sdk.test.PlabbleTestServer
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.delay
import kotlinx.coroutines.test.TestScope
import kotlinx.coroutines.test.runTest
import kotlinx.coroutines.withContext
import java.util.concurrent.CopyOnWriteArrayList
import java.util.concurrent.TimeUnit
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.Duration.Companion.seconds

internal val PATIENCE = 20.seconds
internal val ALL_PRIVATE: BucketSpec = BucketSpec.of(PRIVATE_WRITE, PRIVATE_APPEND, DELETABLE)

/** Runs a test with a real server, which must have no connection left in the end. */
internal fun withServer(
    server: PlabbleTestServer = PlabbleTestServer.start(),
    test: suspend TestScope.(PlabbleTestServer) -> Unit,
) = server.use {
    runTest(timeout = PATIENCE) {
        test(server)
        eventually { server.openConnections() == 0 }
    }
}

internal fun trusting(server: PlabbleTestServer): PlabbleClient =
    PlabbleClient.create(server.host(), server.port()).trust(server.trustStore())

/** What a client connects to is seen here, down to whether this end has closed it, which takes long enough to be overtaken. */
internal class Connections {
    private val channels = CopyOnWriteArrayList<Channel>()

    fun of(client: PlabbleClient): PlabbleClient =
        client.tcp { tcp ->
            tcp.doOnConnected {
                it.channel().pipeline().addFirst(SlowToClose())
                channels += it.channel()
            }
        }

    fun areClosed(): Boolean = channels.isNotEmpty() && channels.none { it.isOpen }
}

/** Whoever does not wait for the connection's end hears of something else first. */
private class SlowToClose : ChannelOutboundHandlerAdapter() {
    override fun close(
        ctx: ChannelHandlerContext,
        promise: ChannelPromise,
    ) {
        ctx.executor().schedule({ ctx.close(promise) }, SLOWNESS_MILLIS, TimeUnit.MILLISECONDS)
    }

    private companion object {
        const val SLOWNESS_MILLIS = 100L
    }
}

/** Waits in real time, which a test's own dispatcher skips; the test's timeout is the bound. */
internal suspend fun eventually(condition: suspend () -> Boolean) =
    withContext(Dispatchers.Default) {
        while (!condition()) {
            delay(2.milliseconds)
        }
    }

internal suspend fun PlabbleTestServer.receives(
    type: PacketType,
    times: Long = 1,
) = eventually { received(type) >= times }

/** Every update of what the server had done by now has come when this returns: the server answers in order. */
internal suspend fun settle(bucket: Bucket) {
    bucket.awaitRead(65_535)
}
