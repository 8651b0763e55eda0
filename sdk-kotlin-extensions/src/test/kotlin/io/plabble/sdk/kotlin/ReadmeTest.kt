package io.plabble.sdk.kotlin

import io.plabble.protocol.BucketCandidate
import io.plabble.protocol.BucketId
import io.plabble.protocol.BucketKey
import io.plabble.protocol.Permission.PRIVATE_APPEND
import io.plabble.protocol.Permission.PRIVATE_WRITE
import io.plabble.protocol.Permission.PUBLIC_READ
import io.plabble.protocol.Permission.PUBLIC_WRITE
import io.plabble.protocol.certificate.TrustStore
import io.plabble.sdk.Bucket
import io.plabble.sdk.BucketSpec
import io.plabble.sdk.Encryption
import io.plabble.sdk.PlabbleClient
import io.plabble.sdk.PlabbleSession
import io.plabble.sdk.test.PlabbleTestServer
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.flow.filterNot
import kotlinx.coroutines.flow.map
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.launch
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.Test
import java.nio.file.Files
import java.nio.file.Path
import kotlin.time.Duration.Companion.seconds

/** The Kotlin code of README.md, compiled, run and compared. */
class ReadmeTest {
    // readme:kotlin
    suspend fun notes(server: PlabbleTestServer): List<String> {
        val client = plabbleClient(server.host(), server.port()) { trust(server.trustStore()) }
        return client.useSession { session ->
            val bucket = session.awaitCreateBucket(BucketSpec.of(PRIVATE_APPEND))
            bucket.awaitAppend("hello", "world")
            bucket.readAsFlow().map { it.text() }.toList()
        }
    }
    // readme:end

    // readme:dsl
    fun client(): PlabbleClient =
        plabbleClient("node.example", 4242) {
            trust { TrustStore.roots(Path.of("roots.pem")) } // read at each connect
            connectTimeout = 3.seconds
            encryption = true
        }
    // readme:end

    // readme:create
    suspend fun createNotes(
        session: PlabbleSession,
        keep: suspend (BucketCandidate) -> Unit,
    ): Bucket {
        val bucket = session.awaitCreateBucket(BucketSpec.of(PRIVATE_WRITE, PRIVATE_APPEND), keep) // kept before it is created
        coroutineScope {
            launch { bucket.awaitPut(0, "these two") }
            launch { bucket.awaitPut(1, "at once") }
        }
        return bucket
    }
    // readme:end

    // readme:mirror
    suspend fun mirror(
        client: PlabbleClient,
        source: BucketId,
        target: BucketId,
        key: BucketKey,
    ) = client.useSessions(sessionsSpec { waitTimeout = 3.seconds }) { sessions ->
        val copy = sessions.bucket(target, key)
        sessions
            .bucket(source)
            .readAndFollowAsFlow() // goes on on the next session
            .filterNot { it.isEmpty }
            .collect { copy.awaitPut(it.index(), it.slot().bytes()) }
    }
    // readme:end

    @Test
    fun `the first Kotlin code of the README writes and reads back`() =
        withServer { server ->
            assertThat(notes(server)).containsExactly("hello", "world")
        }

    @Test
    fun `the client of the README is the one that Java makes of the same settings`() {
        val java =
            PlabbleClient
                .create("node.example", 4242)
                .trust { TrustStore.roots(Path.of("roots.pem")) }
                .connectTimeout(java.time.Duration.ofSeconds(3))
                .encryption(Encryption.ON)

        assertThat(client()).usingRecursiveComparison().ignoringFields("settings.verification.trust").isEqualTo(java)
    }

    @Test
    fun `the bucket of the README is kept and filled`() =
        withServer { server ->
            trusting(server).useSession { session ->
                val kept = mutableListOf<BucketCandidate>()

                val bucket = createNotes(session) { kept += it }

                assertThat(bucket.key()).contains(kept.single().key())
                assertThat(bucket.readAsFlow().map { it.text() }.toList()).containsExactly("these two", "at once")
            }
        }

    @Test
    fun `the mirror of the README copies what is there and what comes until it is cancelled`() =
        withServer { server ->
            trusting(server).useSession { session ->
                val source = session.awaitCreateBucket(BucketSpec.of(PUBLIC_READ, PUBLIC_WRITE))
                val target = session.awaitCreateBucket(BucketSpec.of(PRIVATE_WRITE))
                source.awaitPut(0, "before")
                val mirroring = launch { mirror(trusting(server), source.id(), target.id(), target.key().orElseThrow()) }
                eventually { target.awaitRead(0)?.text() == "before" }

                source.awaitPut(1, "after")

                eventually { target.awaitRead(1)?.text() == "after" }
                mirroring.cancelAndJoin()
            }
        }

    @Test
    fun `every Kotlin block of the README is a snippet of this class and every snippet is shown`() {
        val blocks = all(Regex("(?ms)^```kotlin\\R(.*?)^```$"), Path.of("../README.md"))
        val snippets =
            all(
                Regex("(?ms)^ *// readme:(?!end)[a-z-]+\\R(.*?)^ *// readme:end$"),
                Path.of("src/test/kotlin/io/plabble/sdk/kotlin/ReadmeTest.kt"),
            )

        assertThat(blocks).isNotEmpty()
        assertThat(blocks).containsExactlyInAnyOrderElementsOf(snippets)
    }

    private fun all(
        pattern: Regex,
        file: Path,
    ): List<String> =
        pattern
            .findAll(Files.readString(file))
            .map { it.groupValues[1].trimIndent().trim() }
            .toList()
}
