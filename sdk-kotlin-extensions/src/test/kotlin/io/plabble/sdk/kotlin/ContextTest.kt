package io.plabble.sdk.kotlin

import io.plabble.protocol.BucketCandidate
import io.plabble.protocol.BucketId
import io.plabble.protocol.BucketKey
import io.plabble.protocol.PacketType
import io.plabble.protocol.Slot
import io.plabble.protocol.SlotRange
import io.plabble.sdk.Bucket
import io.plabble.sdk.BucketSpec
import io.plabble.sdk.Instrumentation
import io.plabble.sdk.LastingBucket
import io.plabble.sdk.PlabbleSession
import io.plabble.sdk.PlabbleSessions
import kotlinx.coroutines.currentCoroutineContext
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.collect
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.reactor.ReactorContext
import kotlinx.coroutines.reactor.asCoroutineContext
import kotlinx.coroutines.test.runTest
import kotlinx.coroutines.withContext
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.Test
import org.junit.jupiter.params.ParameterizedTest
import org.junit.jupiter.params.provider.MethodSource
import org.reactivestreams.Publisher
import reactor.core.publisher.Flux
import reactor.core.publisher.Mono
import reactor.util.context.Context
import reactor.util.context.ContextView
import java.lang.reflect.Method
import java.lang.reflect.Proxy
import java.util.concurrent.ConcurrentLinkedQueue
import java.util.function.Function
import kotlin.reflect.KFunction
import kotlin.reflect.KParameter
import kotlin.reflect.full.callSuspendBy
import kotlin.reflect.full.extensionReceiverParameter
import kotlin.reflect.jvm.jvmErasure

/** The Reactor context of a coroutine is that of the SDK's publishers, and the other way round. */
class ContextTest {
    private val calls = mutableListOf<Pair<String, List<Any?>>>()
    private val seen = ConcurrentLinkedQueue<String>()

    /** Calls each function with everything that it takes, and with nothing that it can do without. */
    @ParameterizedTest
    @MethodSource("functions")
    fun `each function calls the method that it is named for within the coroutine's context`(function: KFunction<*>) =
        runTest {
            for (everything in listOf(true, false)) {
                calls.clear()
                seen.clear()
                val (given, left) = function.parameters.partition { everything || !it.isOptional }
                val arguments = given.associateWith { sample(it) }

                withContext(ME.asCoroutineContext()) {
                    (function.callSuspendBy(arguments) as? Flow<*>)?.collect()
                }

                val (name, passed) = calls.single()
                assertThat(name).isEqualTo(javaName(function))
                assertThat(values(passed))
                    .usingRecursiveComparison()
                    .isEqualTo(values(arguments.filterKeys { it.kind == KParameter.Kind.VALUE }.values) + left.map { SlotRange.all() })
                assertThat(seen).isNotEmpty().containsOnly("me")
            }
        }

    /** A suspending function is passed as a Java function that calls it. */
    private fun values(arguments: Collection<Any?>) = arguments.filter { it !is kotlin.Function<*> && it !is Function<*, *> }

    @Test
    fun `a connect and every request are instrumented within it`() =
        withServer { server ->
            val client = trusting(server).instrument(Recording())
            withContext(ME.asCoroutineContext()) {
                client.useSession { session ->
                    assertThat(who()).isEqualTo("me")
                    val bucket = session.awaitCreateBucket(ALL_PRIVATE)
                    bucket.awaitAppend("a")
                    bucket.awaitPut(1, "b")
                    bucket.readAsFlow().toList()
                    bucket.readAndFollowAsFlow().first()
                    bucket.awaitWipe(0)
                }
            }

            val whoUnsubscribesHasGone = "UNSUBSCRIBE nobody"
            assertThat(seen - whoUnsubscribesHasGone)
                .containsExactly("connect me", "CREATE me", "APPEND me", "PUT me", "REQUEST me", "REQUEST me", "WIPE me")
        }

    @Test
    fun `whoever uses a session that is kept is known by each request`() =
        withServer { server ->
            trusting(server).instrument(Recording()).useSessions { sessions ->
                withContext(ME.asCoroutineContext()) { sessions.awaitCreateBucket(ALL_PRIVATE) }
            }

            assertThat(seen).contains("CREATE me")
        }

    @Test
    fun `a key is kept with what the SDK adds to the context`() =
        runTest {
            withContext(ME.asCoroutineContext()) {
                awaitKept(keep()) { kept ->
                    Mono.from(kept(CANDIDATE)).contextWrite { it.put("who", "${it.get<String>("who")} and the SDK") }
                }
            }

            assertThat(seen).containsExactly("me and the SDK")
        }

    private inner class Recording : Instrumentation {
        override fun connect(
            peer: Instrumentation.Peer,
            subscriber: ContextView,
        ): Instrumentation.Observed = saw("connect", subscriber)

        override fun request(
            peer: Instrumentation.Peer,
            type: PacketType,
            subscriber: ContextView,
        ): Instrumentation.Observed = saw(type.name, subscriber)

        private fun saw(
            what: String,
            subscriber: ContextView,
        ): Instrumentation.Observed {
            seen += "$what ${subscriber.getOrDefault("who", "nobody")}"
            return Instrumentation.Observed.NONE
        }
    }

    /** Notes what is called, and by whom it is subscribed to. */
    private fun fake(type: Class<*>): Any =
        Proxy.newProxyInstance(type.classLoader, arrayOf(type)) { _, method, arguments ->
            if (Signatures.isReactive(method)) {
                calls += method.name to arguments.orEmpty().asList()
                answer(method, arguments.orEmpty().firstNotNullOfOrNull { it as? Function<*, *> })
            } else {
                method.name // toString, for the name of the test
            }
        }

    private fun answer(
        method: Method,
        keep: Function<*, *>?,
    ): Publisher<*> {
        val look = Mono.deferContextual { context -> Mono.fromRunnable<Any> { seen += context.getOrDefault("who", "nobody") } }

        @Suppress("UNCHECKED_CAST")
        val keeping = keep as Function<BucketCandidate, Publisher<Unit>>?
        val kept = Mono.from(keeping?.apply(CANDIDATE) ?: Mono.empty())
        val item =
            when (Signatures.counterpart(method).substringAfterLast('.')) {
                "Bucket" -> Mono.just(fake(Bucket::class.java))
                "LastingBucket" -> Mono.just(fake(LastingBucket::class.java))
                "PlabbleSession" -> Mono.just(fake(PlabbleSession::class.java))
                else -> Mono.empty()
            }
        return if (method.returnType == Flux::class.java) look.flux() else look.then(kept).then(item)
    }

    private fun javaName(function: KFunction<*>) =
        function.name
            .removeSuffix("AsFlow")
            .removePrefix("await")
            .replaceFirstChar(Char::lowercase)

    private fun sample(parameter: KParameter): Any =
        when ("${parameter.type}") {
            "kotlin.Int" -> 7
            "kotlin.String" -> "text"
            "kotlin.ByteArray" -> byteArrayOf(1)
            "kotlin.Array<out kotlin.String>" -> arrayOf("one", "two")
            "kotlin.Array<out kotlin.ByteArray>" -> arrayOf(byteArrayOf(1), byteArrayOf(2))
            "kotlin.Array<out io.plabble.protocol.Slot>" -> arrayOf(Slot.of(1, "one"))
            "kotlin.collections.Collection<io.plabble.protocol.Slot>" -> listOf(Slot.of(1, "one"))
            "kotlin.collections.Collection<kotlin.ByteArray>" -> listOf(byteArrayOf(1))
            "io.plabble.protocol.SlotRange" -> SlotRange.of(1, 2)
            "io.plabble.sdk.BucketSpec" -> BucketSpec.of()
            "suspend (io.plabble.protocol.BucketCandidate) -> kotlin.Unit" -> keep()
            else -> fake(parameter.type.jvmErasure.java)
        }

    private fun keep(): suspend (BucketCandidate) -> Unit = { seen += who() }

    private suspend fun who() = currentCoroutineContext()[ReactorContext]?.context?.getOrDefault("who", "nobody")

    private companion object {
        val ME: Context = Context.of("who", "me")
        val CANDIDATE = BucketCandidate(BucketId.generate(0, emptySet()), BucketKey.ofHex("00".repeat(32)))

        @JvmStatic
        fun functions(): List<KFunction<*>> =
            Signatures.exported.filter { function ->
                function.extensionReceiverParameter?.type?.jvmErasure in
                    listOf(Bucket::class, LastingBucket::class, PlabbleSession::class, PlabbleSessions::class)
            }
    }
}
