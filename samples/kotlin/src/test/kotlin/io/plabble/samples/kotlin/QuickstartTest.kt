package io.plabble.samples.kotlin

import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.Test
import java.io.ByteArrayOutputStream
import java.io.PrintStream
import kotlin.text.Charsets.UTF_8

class QuickstartTest {
    @Test
    fun `it prints what was verified and what the second session hears`() {
        val lines = printed { main() }.lines()

        assertThat(lines.first()).startsWith("Verified: 127.0.0.1, certified by ")
        val secrets = lines.filter { "secret" in it }.map { it.substringAfterLast(' ') }
        assertThat(secrets).hasSize(2).allMatch { it.matches(Regex("[0-9a-f]{64}")) && it == secrets.first() }
        assertThat(lines.filter { it.startsWith("Second session hears: ") }.map { it.substringAfter("hears: ") })
            .containsExactly("0: hello", "1: world", "2: news")
        assertThat(lines).anyMatch { it.startsWith("Created: ") && "PRIVATE_APPEND" in it }
    }

    private fun printed(action: () -> Unit): String {
        val bytes = ByteArrayOutputStream()
        val before = System.out
        System.setOut(PrintStream(bytes, true, UTF_8))
        try {
            action()
        } finally {
            System.setOut(before)
        }
        return bytes.toString(UTF_8)
    }
}
