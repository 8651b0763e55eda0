package io.plabble.sdk.kotlin

import io.plabble.protocol.PlabbleConfigurationException
import io.plabble.sdk.PlabbleClient
import io.plabble.sdk.Reconnection
import io.plabble.sdk.SessionsSpec
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.assertThrows
import java.time.Duration
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.Duration.Companion.seconds

class SessionsDslTest {
    @Test
    fun `without settings it is the default`() {
        assertThat(sessionsSpec {}).isEqualTo(SessionsSpec.DEFAULT)
        assertThat(sessionsSpec { reconnection {} }).isEqualTo(SessionsSpec.DEFAULT)
    }

    @Test
    fun `each setting is the one of its name`() {
        val spec =
            sessionsSpec {
                renewAt = 0.2
                waitTimeout = 3.seconds
                reconnection {
                    maxRetries = 7
                    jitter = 0.0
                    pauses(first = 50.milliseconds, longest = 5.seconds)
                }
            }

        val reconnection = Reconnection(7, Duration.ofMillis(50), Duration.ofSeconds(5), 0.0)
        assertThat(spec).isEqualTo(SessionsSpec(0.2, Duration.ofSeconds(3), reconnection))
    }

    @Test
    fun `what is set can be read and changed`() {
        val spec =
            sessionsSpec {
                renewAt *= 2
                waitTimeout *= 2
                reconnection = reconnection.maxRetries(8)
                reconnection {
                    maxRetries *= 2
                    jitter /= 2
                    pauses(longest = 1.seconds)
                }
            }

        assertThat(spec)
            .isEqualTo(SessionsSpec(0.2, Duration.ofSeconds(20), Reconnection(16, Duration.ofMillis(100), Duration.ofSeconds(1), 0.25)))
    }

    @Test
    fun `what Java refuses is refused`() {
        assertThrows<PlabbleConfigurationException> { sessionsSpec { renewAt = 0.6 } }
        assertThrows<PlabbleConfigurationException> { sessionsSpec { waitTimeout = 0.seconds } }
        assertThrows<PlabbleConfigurationException> {
            sessionsSpec {
                reconnection {
                    pauses(
                        first = 1.seconds,
                        longest = 50.milliseconds,
                    )
                }
            }
        }
        assertThrows<PlabbleConfigurationException> { PlabbleClient.create("node.example", 4242).sessions { renewAt = 0.2 } }
    }

    @Test
    fun `sessions are kept as it says`() =
        withServer { server ->
            val sessions = trusting(server).sessions { waitTimeout = 3.seconds }

            assertThat(sessions.awaitSession().isDisposed).isFalse()

            sessions.awaitClose()
        }
}
