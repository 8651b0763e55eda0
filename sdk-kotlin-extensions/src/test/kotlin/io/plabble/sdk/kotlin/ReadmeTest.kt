package io.plabble.sdk.kotlin

import io.plabble.sdk.PlabbleClient
import io.plabble.sdk.test.PlabbleTestServer
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withTimeout
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.Test
import java.nio.file.Files
import java.nio.file.Path
import kotlin.time.Duration.Companion.seconds

/** The Kotlin code of README.md, compiled, run and compared. */
class ReadmeTest {
    // readme:kotlin
    suspend fun fingerprint(client: PlabbleClient): String {
        val session = client.awaitConnect()
        try {
            return session.sharedSecret().fingerprint()
        } finally {
            session.dispose()
        }
    }
    // readme:end

    @Test
    fun `the Kotlin code of the README connects`() {
        PlabbleTestServer.start().use { server ->
            val client = PlabbleClient.create(server.host(), server.port()).trust(server.trustStore())

            val fingerprint = runBlocking { withTimeout(5.seconds) { fingerprint(client) } }

            assertThat(fingerprint).matches("[0-9a-f]{64}")
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
