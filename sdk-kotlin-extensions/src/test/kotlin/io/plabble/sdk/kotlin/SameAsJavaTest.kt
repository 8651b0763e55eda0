package io.plabble.sdk.kotlin

import io.plabble.protocol.Slot
import io.plabble.protocol.SlotRange
import io.plabble.sdk.PlabbleClient
import io.plabble.sdk.Reconnection
import io.plabble.sdk.SessionsSpec
import io.plabble.sdk.micrometer.MicrometerInstrumentation
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.Test
import reactor.core.publisher.Flux
import reactor.core.publisher.Mono
import java.lang.reflect.Method
import java.lang.reflect.Modifier
import kotlin.reflect.KClass
import kotlin.reflect.KMutableProperty1
import kotlin.reflect.KVisibility
import kotlin.reflect.full.declaredMemberFunctions
import kotlin.reflect.full.declaredMemberProperties
import kotlin.reflect.full.valueParameters

/** Kotlin has what Java has: a method that is new there fails here until it has its counterpart. */
class SameAsJavaTest {
    private val exported = Signatures.exported.flatMap { Signatures.of(it) }

    @Test
    fun `every public reactive method of Java has its counterpart with the same types and no null`() {
        val methods = Signatures.javaTypes.flatMap(::reactiveMethods)

        assertThat(Signatures.javaTypes).contains(MicrometerInstrumentation::class.java) // of a package below
        assertThat(methods.map { it.declaringClass.simpleName }.toSet())
            .containsExactlyInAnyOrder("PlabbleClient", "PlabbleSession", "Bucket", "LastingBucket", "PlabbleSessions")
        assertThat(exported).containsAll(methods.map(Signatures::counterpart))
    }

    @Test
    fun `nothing else is exported but what is named here`() {
        val counterparts = Signatures.javaTypes.flatMap(::reactiveMethods).map(Signatures::counterpart)

        assertThat(exported - counterparts.toSet()).containsExactlyInAnyOrder(
            "suspend $SDK.Bucket.awaitRead(kotlin.Int): io.plabble.protocol.Slot?",
            "$SDK.LastingBucket.updatesAndGapsAsFlow(): kotlinx.coroutines.flow.Flow<$SDK.BucketEvent>",
            "$SDK.LastingBucket.readAndFollowWithGapsAsFlow(): kotlinx.coroutines.flow.Flow<$SDK.BucketEvent>",
            "suspend $SDK.PlabbleClient.useSessions($SDK.SessionsSpec, suspend ($SDK.PlabbleSessions) -> T): T",
            "$SDK.PlabbleClient.sessions(($SDK.kotlin.SessionsSpecDsl) -> kotlin.Unit): $SDK.PlabbleSessions",
            "sessionsSpec(($SDK.kotlin.SessionsSpecDsl) -> kotlin.Unit): $SDK.SessionsSpec",
            "plabbleClient(kotlin.String, kotlin.Int, $DSL): $SDK.PlabbleClient",
            "plabbleClient(java.net.URI, $DSL): $SDK.PlabbleClient",
        )
    }

    @Test
    fun `the functions keep no state`() {
        val files = Signatures.exported.map { it.javaFile() }.toSet()

        assertThat(files.flatMap { it.declaredFields.asList() }.filterNot { Modifier.isFinal(it.modifiers) }).isEmpty()
        assertThat(files.flatMap { it.declaredFields.asList() }.map { it.type }).allMatch { it.isPrimitive || it == String::class.java }
    }

    @Test
    fun `every setting of a client is in its DSL`() {
        val settings = settings(PlabbleClient::class.java)

        assertThat(settings).hasSizeGreaterThan(20)
        assertThat(settable(PlabbleClientDsl::class)).containsAll(settings)
    }

    @Test
    fun `every setting of sessions is in their DSL`() {
        assertThat(settable(SessionsSpecDsl::class)).containsAll(settings(SessionsSpec::class.java))
        assertThat(settable(ReconnectionDsl::class)).containsAll(settings(Reconnection::class.java))
    }

    @Test
    fun `every way to create a client has its DSL`() {
        val creations = PlabbleClient::class.java.methods.filter { Modifier.isStatic(it.modifiers) && it.name == "create" }

        assertThat(creations).hasSize(2)
        assertThat(exported).containsAll(creations.map { "plabbleClient(${Signatures.parameters(it)}, $DSL): $SDK.PlabbleClient" })
    }

    /** What this would be if it were new in [io.plabble.sdk.Bucket], and what is there instead. */
    @Suppress("unused")
    private interface Newcomers {
        fun ping(): Mono<Void>

        fun put(index: Long): Mono<Void>

        fun delete(): Mono<Slot>

        fun read(range: SlotRange): Flux<String>
    }

    @Test
    fun `a newcomer is missed by its name and by its parameters and by its result`() {
        val bucket = "$SDK.Bucket"
        val newcomers =
            reactiveMethods(Newcomers::class.java)
                .map { Signatures.counterpart(it).replace(Newcomers::class.java.name, bucket) }

        assertThat(newcomers).containsExactlyInAnyOrder(
            "suspend $bucket.awaitPing(): kotlin.Unit",
            "suspend $bucket.awaitPut(kotlin.Long): kotlin.Unit",
            "suspend $bucket.awaitDelete(): io.plabble.protocol.Slot",
            "$bucket.readAsFlow(io.plabble.protocol.SlotRange): kotlinx.coroutines.flow.Flow<kotlin.String>",
        )
        assertThat(exported).doesNotContainAnyElementsOf(newcomers)
    }

    /** Those that a type adds: what it overrides has its counterpart with the type above. */
    private fun reactiveMethods(type: Class<*>): List<Method> =
        type.declaredMethods
            .filter { Modifier.isPublic(it.modifiers) && !it.isSynthetic && Signatures.isReactive(it) }
            .filterNot { method -> type.interfaces.any { above -> above.methods.any { it.overriddenBy(method) } } }

    private fun Method.overriddenBy(other: Method) = name == other.name && parameterTypes.contentEquals(other.parameterTypes)

    private fun settings(immutable: Class<*>): List<String> =
        immutable.declaredMethods
            .filter { Modifier.isPublic(it.modifiers) && !Modifier.isStatic(it.modifiers) && it.returnType == immutable }
            .map { "${it.name}(${Signatures.parameters(it)})" }

    private fun settable(dsl: KClass<*>): List<String> =
        dsl.declaredMemberFunctions
            .filter { it.visibility == KVisibility.PUBLIC }
            .map { function ->
                "${function.name}(${function.valueParameters.joinToString { (if (it.isVararg) "vararg " else "") + it.type }})"
            } +
            dsl.declaredMemberProperties
                .filterIsInstance<KMutableProperty1<*, *>>()
                .filter { it.visibility == KVisibility.PUBLIC }
                .map { "${it.name}(${it.returnType})" }

    private companion object {
        const val SDK = "io.plabble.sdk"
        const val DSL = "($SDK.kotlin.PlabbleClientDsl) -> kotlin.Unit"
    }
}
