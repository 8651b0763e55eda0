package io.plabble.sdk.kotlin

import io.plabble.protocol.PlabbleCertificateException
import io.plabble.protocol.PlabbleConfigurationException
import io.plabble.protocol.Reason
import io.plabble.sdk.Authentication
import io.plabble.sdk.ConnectStep
import io.plabble.sdk.PlabbleClient
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.delay
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.test.StandardTestDispatcher
import kotlinx.coroutines.test.TestCoroutineScheduler
import kotlinx.coroutines.withContext
import kotlinx.coroutines.withTimeout
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.assertThrows
import java.net.InetAddress
import java.net.ServerSocket
import kotlin.time.Duration.Companion.milliseconds

class AwaitConnectTest {
    @Test
    fun `a verified session is returned and its caller owns it`() =
        withServer { server ->
            val session = trusting(server).awaitConnect()

            assertThat(session.authentication()).isInstanceOf(Authentication.ByCertificateChain::class.java)
            assertThat(session.isDisposed).isFalse()

            session.dispose()
            eventually { server.openConnections() == 0 }
        }

    @Test
    fun `a server of another name is refused with a typed error and the connection is closed`() =
        withServer { server ->
            val refused =
                assertThrows<PlabbleCertificateException> {
                    trusting(server).serverName("other.example").awaitConnect()
                }

            assertThat(refused.reason()).isEqualTo(Reason.NAME_MISMATCH)
            eventually { server.openConnections() == 0 }
        }

    @Test
    fun `a client that trusts nobody is refused before it connects`() =
        withServer { server ->
            assertThrows<PlabbleConfigurationException> {
                PlabbleClient.create(server.host(), server.port()).awaitConnect()
            }

            assertThat(server.accepted()).isZero()
        }

    @Test
    fun `cancelling while the server is silent closes the connection`() {
        ServerSocket(0, 1, InetAddress.getLoopbackAddress()).use { silent ->
            silent.soTimeout = PATIENCE.inWholeMilliseconds.toInt()
            val client =
                PlabbleClient.create(silent.inetAddress.hostAddress, silent.localPort).insecureUnauthenticated()

            runBlocking {
                val connecting = launch(Dispatchers.Default) { client.awaitConnect() }
                silent.accept().use { connection ->
                    connection.soTimeout = PATIENCE.inWholeMilliseconds.toInt()
                    connection.getInputStream().readNBytes(CONNECT_REQUEST_LENGTH)

                    withTimeout(PATIENCE) { connecting.cancelAndJoin() }

                    assertThat(connection.getInputStream().read()).describedAs("end of stream").isEqualTo(-1)
                }
            }
        }
    }

    @Test
    fun `a session that arrives but is not taken before the cancel is disposed of`() =
        withServer { server ->
            val arrived = CompletableDeferred<Unit>()
            val client =
                trusting(server).doOnStep { if (it.step() == ConnectStep.SECRET_AGREED) arrived.complete(Unit) }
            val held = StandardTestDispatcher(TestCoroutineScheduler())
            var returned = false

            val connecting =
                CoroutineScope(held).launch(start = CoroutineStart.UNDISPATCHED) {
                    client.awaitConnect()
                    returned = true
                }
            arrived.await()
            // Lets the session reach the continuation, though either order must do.
            withContext(Dispatchers.Default) { delay(50.milliseconds) }
            assertThat(server.openConnections()).isPositive()

            connecting.cancel()

            // The session may be on its way to this dispatcher still: whatever arrives, and whenever, is run.
            eventually {
                held.scheduler.runCurrent()
                server.openConnections() == 0
            }
            assertThat(connecting.isCancelled).isTrue()
            assertThat(returned).isFalse()
        }

    private companion object {
        /** Length and packet (§4). */
        const val CONNECT_REQUEST_LENGTH = 35
    }
}
