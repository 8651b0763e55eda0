package io.plabble.sdk.kotlin

import io.plabble.protocol.PlabbleConfigurationException
import io.plabble.sdk.Authentication
import io.plabble.sdk.ConnectStep
import io.plabble.sdk.Encryption
import io.plabble.sdk.Instrumentation
import io.plabble.sdk.KeepAlive
import io.plabble.sdk.PlabbleClient
import io.plabble.sdk.UpdateOverflow
import io.plabble.sdk.WirePacket
import io.plabble.sdk.test.PlabbleTestServer
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.DynamicTest
import org.junit.jupiter.api.DynamicTest.dynamicTest
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.TestFactory
import org.junit.jupiter.api.assertThrows
import reactor.netty.tcp.TcpSslContextSpec
import java.time.Clock
import java.time.Instant
import java.time.ZoneOffset
import java.util.concurrent.CopyOnWriteArrayList
import kotlin.reflect.KMutableProperty1
import kotlin.reflect.full.declaredMemberProperties
import kotlin.time.Duration.Companion.minutes
import kotlin.time.Duration.Companion.seconds
import kotlin.time.toJavaDuration

class ClientDslTest {
    /** What a setting is in Kotlin and in Java. */
    private class Setting(
        val kotlin: PlabbleClientDsl.() -> Unit,
        val java: (PlabbleClient) -> PlabbleClient,
    )

    private val clock = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC)

    private val settings =
        mapOf(
            "encryption" to Setting({ encryption = true }, { it.encryption(Encryption.ON) }),
            "encryption off" to Setting({ encryption = false }, { it.encryption(Encryption.OFF) }),
            "encryption as ever" to Setting({ encryption(Encryption.OFF) }, { it.encryption(Encryption.OFF) }),
            "serverName" to Setting({ serverName = "other.example" }, { it.serverName("other.example") }),
            "connectTimeout" to Setting({ connectTimeout = 3.seconds }, { it.connectTimeout(3.seconds.toJavaDuration()) }),
            "clock" to Setting({ clock = this@ClientDslTest.clock }, { it.clock(clock) }),
            "clockSkew" to Setting({ clockSkew = 1.minutes }, { it.clockSkew(1.minutes.toJavaDuration()) }),
            "maxCertificates" to Setting({ maxCertificates = 3 }, { it.maxCertificates(3) }),
            "requestTimeout" to Setting({ requestTimeout = 3.seconds }, { it.requestTimeout(3.seconds.toJavaDuration()) }),
            "maxRequestsInFlight" to Setting({ maxRequestsInFlight = 7 }, { it.maxRequestsInFlight(7) }),
            "maxPendingBytes" to Setting({ maxPendingBytes = 7 }, { it.maxPendingBytes(7) }),
            "maxPacketSize" to Setting({ maxPacketSize = 2048 }, { it.maxPacketSize(2048) }),
            "updateBuffer" to Setting({ updateBuffer = 7 }, { it.updateBuffer(7) }),
            "updateBufferBytes" to Setting({ updateBufferBytes = 7 }, { it.updateBufferBytes(7) }),
            "updateOverflow" to Setting({ updateOverflow = UpdateOverflow.DROP_OLDEST }, { it.updateOverflow(UpdateOverflow.DROP_OLDEST) }),
            "keepAlive" to Setting({ keepAlive = keepAlive(7) }, { it.keepAlive(keepAlive(7)) }),
            "keepAlive in parts" to Setting({ keepAlive(count = 7) }, { it.keepAlive(keepAlive(7)) }),
            "probe" to Setting({ probe = 1.minutes }, { it.probe(1.minutes.toJavaDuration()) }),
        )

    @TestFactory
    fun `each property is the setting of its name`(): List<DynamicTest> =
        settings.map { (name, setting) ->
            dynamicTest(name) {
                val bare = PlabbleClient.create("node.example", 4242)
                val set = plabbleClient("node.example", 4242, setting.kotlin)

                assertThat(set).usingRecursiveComparison().isEqualTo(setting.java(bare)).isNotEqualTo(bare)
            }
        }

    @Test
    fun `no property is left out above`() {
        val properties = PlabbleClientDsl::class.declaredMemberProperties.filterIsInstance<KMutableProperty1<*, *>>().map { it.name }

        assertThat(settings.keys).containsAll(properties - "client")
    }

    @Test
    fun `without settings it is the client that Java creates`() {
        assertThat(plabbleClient("node.example", 4242) {})
            .usingRecursiveComparison()
            .isEqualTo(PlabbleClient.create("node.example", 4242))
    }

    @Test
    fun `a later setting replaces an earlier one`() {
        val client =
            plabbleClient("node.example", 4242) {
                encryption = true
                encryption(Encryption.AUTO)
            }

        assertThat(client).usingRecursiveComparison().isEqualTo(PlabbleClient.create("node.example", 4242))
    }

    @Test
    fun `everything that hears of a connect does`() =
        withServer(PlabbleTestServer.builder().tls().start()) { server ->
            val steps = CopyOnWriteArrayList<ConnectStep>()
            val packets = CopyOnWriteArrayList<WirePacket>()
            val called = CopyOnWriteArrayList<String>()
            val client =
                plabbleClient(server.host(), server.port()) {
                    secure { it.sslContext(TcpSslContextSpec.forClient().configure { tls -> tls.trustManager(server.tlsCertificate()) }) }
                    trust {
                        called += "trust"
                        server.trustStore()
                    }
                    tcp { it.doOnConnected { called += "tcp" } }
                    doOnStep { steps += it.step() }
                    doOnPacket { packets += it }
                    instrument(
                        object : Instrumentation {
                            override fun sessionOpened(session: Instrumentation.OpenSession) {
                                called += "instrument"
                            }
                        },
                    )
                }

            val encrypted = client.useSession { it.isEncrypted }

            assertThat(encrypted).isFalse() // over TLS, if left alone
            assertThat(called).containsOnly("trust", "tcp", "instrument")
            assertThat(steps).contains(ConnectStep.SECURED, ConnectStep.SECRET_AGREED)
            assertThat(packets).isNotEmpty()
        }

    @Test
    fun `a server is trusted or pinned or accepted as it is`() =
        withServer { server ->
            val trusting = plabbleClient(server.host(), server.port()) { trust(server.trustStore()) }
            val pinning = plabbleClient(server.host(), server.port()) { pin(server.identityKey()) }
            val careless = plabbleClient(server.host(), server.port()) { insecureUnauthenticated() }

            assertThat(trusting.useSession { it.authentication() }).isInstanceOf(Authentication.ByCertificateChain::class.java)
            assertThat(pinning.useSession { it.authentication() }).isInstanceOf(Authentication.ByPinnedKey::class.java)
            assertThat(careless.useSession { it.authentication() }).isInstanceOf(Authentication.None::class.java)
        }

    @Test
    fun `a client over WebSocket is created by its URI`() =
        withServer(PlabbleTestServer.builder().webSocket("/plabble").start()) { server ->
            val client = plabbleClient(server.uri()) { trust(server.trustStore()) }

            assertThat(client.useSession { it.isEncrypted }).isTrue()
        }

    @Test
    fun `secure alone is TLS with the JDK's authorities`() {
        assertThat(plabbleClient("node.example", 4242) { secure() }).hasToString("PlabbleClient[node.example:4242 over tls]")
    }

    @Test
    fun `what Java refuses is refused at the setting`() {
        var reached = false
        assertThrows<PlabbleConfigurationException> {
            plabbleClient("node.example", 4242) {
                maxCertificates = 16
                reached = true
            }
        }
        assertThat(reached).isFalse()
        assertThrows<PlabbleConfigurationException> { plabbleClient("node.example", 0) {} }
        assertThrows<PlabbleConfigurationException> { plabbleClient("node.example", 4242) { pin() } }
        assertThrows<PlabbleConfigurationException> { plabbleClient("node.example", 4242) { requestTimeout = 0.seconds } }
    }

    private fun keepAlive(count: Int) = KeepAlive(KeepAlive.DEFAULT.idle(), KeepAlive.DEFAULT.interval(), count)
}
