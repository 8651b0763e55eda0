package io.plabble.sdk.kotlin

import io.plabble.sdk.PlabbleClient
import org.reactivestreams.Publisher
import reactor.core.publisher.Flux
import reactor.core.publisher.Mono
import java.lang.reflect.GenericArrayType
import java.lang.reflect.Method
import java.lang.reflect.Modifier
import java.lang.reflect.ParameterizedType
import java.lang.reflect.Type
import java.lang.reflect.TypeVariable
import java.lang.reflect.WildcardType
import java.nio.file.FileSystems
import java.nio.file.Path
import java.util.function.Consumer
import java.util.function.Function
import java.util.function.Supplier
import java.util.function.UnaryOperator
import kotlin.io.path.isDirectory
import kotlin.io.path.walk
import kotlin.reflect.KFunction
import kotlin.reflect.KParameter
import kotlin.reflect.KVisibility
import kotlin.reflect.full.extensionReceiverParameter
import kotlin.reflect.full.valueParameters
import kotlin.reflect.jvm.javaMethod
import kotlin.reflect.jvm.kotlinFunction

/** What is exported to Kotlin, and what Java has, both written as Kotlin writes signatures, so that they can be compared. */
internal object Signatures {
    /** The public types of the package of [PlabbleClient], and of those below. */
    val javaTypes: List<Class<*>> = classesFrom(PlabbleClient::class.java).filter { Modifier.isPublic(it.modifiers) }

    /** The public top-level functions of this module. */
    val exported: List<KFunction<*>> =
        classesFrom(Class.forName("io.plabble.sdk.kotlin.PlabbleClientExtensionsKt"))
            .filter { it.simpleName.endsWith("Kt") }
            .flatMap { it.declaredMethods.asList() }
            .filterNot { it.isSynthetic }
            .mapNotNull { it.kotlinFunction }
            .filter { it.visibility == KVisibility.PUBLIC }

    fun isReactive(method: Method): Boolean = Publisher::class.java.isAssignableFrom(method.returnType)

    /** A function as it may be called: as it is written, and without each of its last parameters that have defaults. */
    fun of(function: KFunction<*>): List<String> {
        val parameters = function.valueParameters
        val required = parameters.indexOfLast { !it.isOptional } + 1
        return (required..parameters.size).map { signature(function, parameters.take(it)) }
    }

    private fun signature(
        function: KFunction<*>,
        parameters: List<KParameter>,
    ): String {
        val modifier = if (function.isSuspend) "suspend " else ""
        val receiver = function.extensionReceiverParameter?.let { "${it.type}." } ?: ""
        val types = parameters.joinToString { (if (it.isVararg) "vararg " else "") + it.type }
        return "$modifier$receiver${function.name}($types): ${function.returnType}"
    }

    /** What a Java method is called in Kotlin, and of which types. */
    fun counterpart(method: Method): String {
        val receiver = method.declaringClass.name
        val types = parameters(method)
        val item = argument(method.genericReturnType)
        return when {
            method.name == "withSession" -> "suspend $receiver.useSession($types): $item"
            method.returnType == Mono::class.java -> "suspend $receiver.await${method.name.capitalised()}($types): $item"
            method.returnType == Flux::class.java -> "$receiver.${method.name}AsFlow($types): ${flow(item)}"
            else -> error("$method returns neither a Mono nor a Flux")
        }
    }

    fun parameters(
        method: Method,
        functions: String = "suspend ",
    ): String =
        method.genericParameterTypes
            .mapIndexed { index, type ->
                (if (method.isVarArgs && index == method.parameterCount - 1) "vararg " else "") + kotlin(type, functions)
            }.joinToString()

    private fun kotlin(
        type: Type,
        functions: String,
    ): String =
        when (type) {
            Int::class.java -> "kotlin.Int"
            Long::class.java -> "kotlin.Long"
            Double::class.java -> "kotlin.Double"
            String::class.java -> "kotlin.String"
            ByteArray::class.java -> "kotlin.ByteArray"
            Void::class.java -> "kotlin.Unit"
            java.time.Duration::class.java -> "kotlin.time.Duration"
            is Class<*> -> if (type.isArray) "kotlin.Array<out ${kotlin(type.componentType, functions)}>" else type.canonicalName
            is GenericArrayType -> "kotlin.Array<out ${kotlin(type.genericComponentType, functions)}>"
            is WildcardType -> kotlin(type.lowerBounds.firstOrNull() ?: type.upperBounds.single(), functions)
            is TypeVariable<*> -> type.name
            is ParameterizedType -> generic(type, functions)
            else -> error("unknown: $type")
        }

    private fun generic(
        type: ParameterizedType,
        functions: String,
    ): String {
        val arguments = type.actualTypeArguments.map { kotlin(it, functions) }
        return when (type.rawType) {
            Function::class.java -> "$functions(${arguments[0]}) -> ${arguments[1]}"

            Supplier::class.java -> "() -> ${arguments[0]}"

            Consumer::class.java -> "(${arguments[0]}) -> kotlin.Unit"

            UnaryOperator::class.java -> "(${arguments[0]}) -> ${arguments[0]}"

            // What a function is to return when it may return any publisher, is its own completion.
            Publisher::class.java -> arguments[0].replace("java.lang.Object", "kotlin.Unit")

            Collection::class.java -> "kotlin.collections.Collection<${arguments[0]}>"

            else -> type.typeName
        }
    }

    private fun argument(type: Type): String = kotlin((type as ParameterizedType).actualTypeArguments.single(), "")

    private fun flow(item: String) = "kotlinx.coroutines.flow.Flow<$item>"

    private fun String.capitalised() = replaceFirstChar(Char::uppercase)

    /** Those of its package and of the packages below, as far as they are meant to be used. */
    private fun classesFrom(one: Class<*>): List<Class<*>> {
        val location =
            Path.of(
                one.protectionDomain.codeSource.location
                    .toURI(),
            )
        return if (location.isDirectory()) {
            classesBelow(location, one.packageName)
        } else {
            FileSystems.newFileSystem(location).use { jar -> classesBelow(jar.getPath("/"), one.packageName) }
        }
    }

    private fun classesBelow(
        root: Path,
        packageName: String,
    ): List<Class<*>> =
        root
            .resolve(packageName.replace('.', '/'))
            .walk()
            .map { root.relativize(it).joinToString(".") }
            .filter { it.endsWith(".class") && ".internal." !in it }
            .map { Class.forName(it.removeSuffix(".class")) }
            .toList()
}

/** The class that holds the functions of a file. */
internal fun KFunction<*>.javaFile(): Class<*> = checkNotNull(javaMethod).declaringClass
