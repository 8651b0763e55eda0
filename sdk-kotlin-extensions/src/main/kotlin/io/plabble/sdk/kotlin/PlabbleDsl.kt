package io.plabble.sdk.kotlin

/** Keeps the settings of one block from being set in another by mistake. */
@DslMarker
@Target(AnnotationTarget.CLASS)
public annotation class PlabbleDsl

internal const val WRITE_ONLY = "It can be set, but not read."

/** Never called: to read what is only set does not compile. */
internal fun unreadable(): Nothing = throw UnsupportedOperationException(WRITE_ONLY)
