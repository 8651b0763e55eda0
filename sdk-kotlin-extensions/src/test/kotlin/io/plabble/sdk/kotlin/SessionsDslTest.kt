package io.plabble.sdk.kotlin

import io.plabble.protocol.PlabbleConfigurationException
import io.plabble.sdk.PlabbleClient
import io.plabble.sdk.Reconnection
import io.plabble.sdk.SessionsSpec
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.assertThrows
import java.time.Duration
import kotlin.reflect.KVisibility
import kotlin.reflect.full.declaredMemberProperties
import kotlin.reflect.full.findAnnotation
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
    fun `what is not set again stays as it was`() {
        val spec =
            sessionsSpec {
                renewAt = 0.2
                reconnection = Reconnection.DEFAULT.maxRetries(8)
                reconnection {
                    jitter = 0.25
                    pauses(longest = 1.seconds)
                }
                reconnection {}
            }

        val reconnection = Reconnection(8, Duration.ofMillis(100), Duration.ofSeconds(1), 0.25)
        assertThat(spec).isEqualTo(SessionsSpec(0.2, SessionsSpec.DEFAULT.waitTimeout(), reconnection))
    }

    /** Else `waitTimeout = waitTimeout`, meant to set what the caller's class has of that name, would compile and do nothing. */
    @Test
    fun `a setting of any DSL can be set but not read`() {
        val properties =
            listOf(PlabbleClientDsl::class, SessionsSpecDsl::class, ReconnectionDsl::class)
                .flatMap { it.declaredMemberProperties }
                .filter { it.visibility == KVisibility.PUBLIC }

        assertThat(properties.map { it.name }).contains("connectTimeout", "waitTimeout", "maxRetries")
        assertThat(properties).allMatch { it.getter.findAnnotation<Deprecated>()?.level == DeprecationLevel.ERROR }
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
