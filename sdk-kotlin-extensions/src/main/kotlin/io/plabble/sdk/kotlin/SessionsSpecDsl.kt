package io.plabble.sdk.kotlin

import io.plabble.sdk.PlabbleClient
import io.plabble.sdk.PlabbleSessions
import io.plabble.sdk.Reconnection
import io.plabble.sdk.SessionsSpec
import kotlin.DeprecationLevel.ERROR
import kotlin.time.Duration
import kotlin.time.toJavaDuration
import kotlin.time.toKotlinDuration

/**
 * One session for a whole application: [PlabbleClient.sessions], with its settings.
 *
 * ```
 * client.sessions {
 *     waitTimeout = 3.seconds
 *     reconnection { maxRetries = Long.MAX_VALUE }
 * }
 * ```
 *
 * @return to be made once, shared, and closed
 * @throws io.plabble.protocol.PlabbleConfigurationException for what cannot be right, and if the client has not been told whom
 *   to trust
 */
public fun PlabbleClient.sessions(settings: SessionsSpecDsl.() -> Unit): PlabbleSessions = sessions(sessionsSpec(settings))

/**
 * How sessions are kept: [SessionsSpec.DEFAULT], with these settings.
 *
 * @throws io.plabble.protocol.PlabbleConfigurationException for what cannot be right, at the setting
 */
public fun sessionsSpec(settings: SessionsSpecDsl.() -> Unit): SessionsSpec = SessionsSpecDsl(SessionsSpec.DEFAULT).apply(settings).spec

/** The settings of [SessionsSpec], as properties. */
@PlabbleDsl
public class SessionsSpecDsl internal constructor(
    internal var spec: SessionsSpec,
) {
    /** The part of its counters with which a session is replaced, above 0 and at most 0.5; a tenth if not set. */
    public var renewAt: Double
        @Deprecated(WRITE_ONLY, level = ERROR)
        get() = unreadable()
        set(part) {
            spec = spec.renewAt(part)
        }

    /** How long somebody waits for a session, and within which a request may be begun again; 10 s if not set, at most a day. */
    public var waitTimeout: Duration
        @Deprecated(WRITE_ONLY, level = ERROR)
        get() = unreadable()
        set(timeout) {
            spec = spec.waitTimeout(timeout.toJavaDuration())
        }

    /** How a lost session is made again; [Reconnection.DEFAULT] if not set. */
    public var reconnection: Reconnection
        @Deprecated(WRITE_ONLY, level = ERROR)
        get() = unreadable()
        set(how) {
            spec = spec.reconnection(how)
        }

    /** Changes how a lost session is made again. */
    public fun reconnection(settings: ReconnectionDsl.() -> Unit) {
        spec = spec.reconnection(ReconnectionDsl(spec.reconnection()).apply(settings).reconnection)
    }
}

/** The settings of [Reconnection], as properties. */
@PlabbleDsl
public class ReconnectionDsl internal constructor(
    internal var reconnection: Reconnection,
) {
    /** How many attempts may follow one that has failed, in a row; 40 if not set, [Long.MAX_VALUE] for as many as it takes. */
    public var maxRetries: Long
        @Deprecated(WRITE_ONLY, level = ERROR)
        get() = unreadable()
        set(retries) {
            reconnection = reconnection.maxRetries(retries)
        }

    /** How far a pause is varied at random, as a part of it: 0 to 1; a half if not set. */
    public var jitter: Double
        @Deprecated(WRITE_ONLY, level = ERROR)
        get() = unreadable()
        set(part) {
            reconnection = reconnection.jitter(part)
        }

    /**
     * The pauses between attempts; 100 ms to 30 s if not set.
     *
     * @param first before the second attempt; positive
     * @param longest no shorter than the first, at most a day
     */
    public fun pauses(
        first: Duration = reconnection.firstPause().toKotlinDuration(),
        longest: Duration = reconnection.longestPause().toKotlinDuration(),
    ) {
        reconnection = reconnection.pauses(first.toJavaDuration(), longest.toJavaDuration())
    }
}
