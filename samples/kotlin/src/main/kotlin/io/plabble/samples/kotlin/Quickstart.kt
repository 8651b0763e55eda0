package io.plabble.samples.kotlin

import io.plabble.protocol.Permission.PRIVATE_APPEND
import io.plabble.sdk.Authentication.ByCertificateChain
import io.plabble.sdk.BucketSpec
import io.plabble.sdk.PlabbleClient
import io.plabble.sdk.kotlin.awaitAppend
import io.plabble.sdk.kotlin.awaitCreateBucket
import io.plabble.sdk.kotlin.plabbleClient
import io.plabble.sdk.kotlin.readAndFollowAsFlow
import io.plabble.sdk.kotlin.useSession
import io.plabble.sdk.test.PlabbleTestServer
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.flow.take
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking

/** Connects to an embedded server, prints what was verified, creates a bucket, and hears in a second session what the first appends. */
fun main() =
    PlabbleTestServer.start().use { server ->
        val client = plabbleClient(server.host(), server.port()) { trust(server.trustStore()) }
        runBlocking { tour(client, server) }
    }

private suspend fun tour(
    client: PlabbleClient,
    server: PlabbleTestServer,
) = client.useSession { session ->
    val verified = session.authentication() as ByCertificateChain
    println("Verified: ${verified.chain().joinToString(", certified by ") { it.name() }}")
    println("This end's secret:     ${session.sharedSecret().fingerprint()}")
    println("The server's secret:   ${server.sessions().first().fingerprint()}")

    val bucket = session.awaitCreateBucket(BucketSpec.of(PRIVATE_APPEND))
    println("Created: ${bucket.id()} ${bucket.id().permissions()}")
    bucket.awaitAppend("hello", "world")

    client.useSession { another ->
        coroutineScope {
            val notes = another.bucket(bucket.id(), bucket.key().orElseThrow()).readAndFollowAsFlow()
            launch { notes.take(3).collect { println("Second session hears: ${it.index()}: ${it.text()}") } }
            bucket.awaitAppend("news")
        }
    }
}
