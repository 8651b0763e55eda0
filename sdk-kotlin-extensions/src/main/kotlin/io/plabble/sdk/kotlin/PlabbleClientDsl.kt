package io.plabble.sdk.kotlin

import io.plabble.protocol.certificate.TrustStore
import io.plabble.protocol.crypto.IdentityKey
import io.plabble.sdk.ConnectProgress
import io.plabble.sdk.Encryption
import io.plabble.sdk.Instrumentation
import io.plabble.sdk.KeepAlive
import io.plabble.sdk.PlabbleClient
import io.plabble.sdk.UpdateOverflow
import io.plabble.sdk.WirePacket
import reactor.netty.tcp.SslProvider
import reactor.netty.tcp.TcpClient
import java.net.URI
import java.time.Clock
import kotlin.DeprecationLevel.ERROR
import kotlin.time.Duration
import kotlin.time.toJavaDuration
import kotlin.time.toKotlinDuration

/**
 * A client over TCP: [PlabbleClient.create], with its settings.
 *
 * ```
 * val client = plabbleClient("node.example", 4242) {
 *     trust { TrustStore.roots(Path.of("roots.pem")) }
 *     connectTimeout = 3.seconds
 * }
 * ```
 *
 * @param host a name or an IP address; the name to verify as well, unless [PlabbleClientDsl.serverName] says otherwise
 * @param port 1 to 65,535
 * @throws io.plabble.protocol.PlabbleConfigurationException for what cannot be right, at the setting
 */
public fun plabbleClient(
    host: String,
    port: Int,
    settings: PlabbleClientDsl.() -> Unit,
): PlabbleClient = PlabbleClientDsl(PlabbleClient.create(host, port)).apply(settings).client

/**
 * A client over WebSocket: [PlabbleClient.create], with its settings.
 *
 * @param uri `ws://host:port/path`, or over TLS `wss://host:port/path`
 * @throws io.plabble.protocol.PlabbleConfigurationException for what cannot be right, at the setting
 */
public fun plabbleClient(
    uri: URI,
    settings: PlabbleClientDsl.() -> Unit,
): PlabbleClient = PlabbleClientDsl(PlabbleClient.create(uri)).apply(settings).client

/**
 * The settings of [PlabbleClient], which says more of each: what has one value is a property, the rest are functions. They are
 * carried out in order, on the client that they make up, and a later one replaces an earlier one of its name.
 */
@PlabbleDsl
public class PlabbleClientDsl internal constructor(
    internal var client: PlabbleClient,
) {
    /** Asks for the server's certificate chain and verifies it against these roots and intermediates. */
    public fun trust(trust: TrustStore) {
        client = client.trust(trust)
    }

    /** The same, asked at each connect, so that files can be renewed under a running service; it may block. */
    public fun trust(trust: () -> TrustStore) {
        client = client.trust(trust)
    }

    /** Accepts only servers with one of these identity keys, at least one. Without [trust], no certificate is asked for. */
    public fun pin(vararg identityKeys: IdentityKey) {
        client = client.pin(*identityKeys)
    }

    /** **Insecure.** Accepts any server. For tests and experiments only. */
    public fun insecureUnauthenticated() {
        client = client.insecureUnauthenticated()
    }

    /** Connects over TLS, with the JDK's trusted authorities. */
    public fun secure() {
        client = client.secure()
    }

    /** Connects over TLS, by Reactor Netty's own specification. */
    public fun secure(specification: (SslProvider.SslContextSpec) -> Unit) {
        client = client.secure(specification)
    }

    /** Whether to ask for Plabble's own encryption; the property knows on and off. */
    public fun encryption(encryption: Encryption) {
        client = client.encryption(encryption)
    }

    /**
     * How TCP finds out that the path is dead.
     *
     * @param idle after how long without a byte it asks, in whole seconds
     * @param interval how often it asks then, in whole seconds
     * @param count after how many questions without an answer it gives up
     */
    public fun keepAlive(
        idle: Duration = KeepAlive.DEFAULT.idle().toKotlinDuration(),
        interval: Duration = KeepAlive.DEFAULT.interval().toKotlinDuration(),
        count: Int = KeepAlive.DEFAULT.count(),
    ) {
        client = client.keepAlive(KeepAlive(idle.toJavaDuration(), interval.toJavaDuration(), count))
    }

    /** Changes Reactor Netty's client: resolver, proxy, event loops, socket options. It must change the one that it is given. */
    public fun tcp(customiser: (TcpClient) -> TcpClient) {
        client = client.tcp(customiser)
    }

    /** Tells the listener of each step of connecting as it is done; it must not block. */
    public fun doOnStep(listener: (ConnectProgress) -> Unit) {
        client = client.doOnStep(listener)
    }

    /** Shows the listener each packet as it is sent or has come, for debugging; it must not block. */
    public fun doOnPacket(listener: (WirePacket) -> Unit) {
        client = client.doOnPacket(listener)
    }

    /** Tells the instrumentation of connects, requests and sessions. */
    public fun instrument(instrumentation: Instrumentation) {
        client = client.instrument(instrumentation)
    }

    /** Whether to ask for Plabble's own encryption: `true` is [Encryption.ON], `false` [Encryption.OFF]; [Encryption.AUTO] if not set. */
    public var encryption: Boolean
        @Deprecated(WRITE_ONLY, level = ERROR)
        get() = unreadable()
        set(wanted) {
            client = client.encryption(if (wanted) Encryption.ON else Encryption.OFF)
        }

    /** The name that the server's certificates must be for, where it differs from the host dialled. */
    public var serverName: String
        @Deprecated(WRITE_ONLY, level = ERROR)
        get() = unreadable()
        set(name) {
            client = client.serverName(name)
        }

    /** The one deadline over everything that connecting takes; 10 s if not set, at most a day. */
    public var connectTimeout: Duration
        @Deprecated(WRITE_ONLY, level = ERROR)
        get() = unreadable()
        set(timeout) {
            client = client.connectTimeout(timeout.toJavaDuration())
        }

    /** The clock that certificates are checked with; the system's if not set. */
    public var clock: Clock
        @Deprecated(WRITE_ONLY, level = ERROR)
        get() = unreadable()
        set(clock) {
            client = client.clock(clock)
        }

    /** How far a certificate's window may be missed, in whole seconds; 0 if not set, at most 5 minutes. */
    public var clockSkew: Duration
        @Deprecated(WRITE_ONLY, level = ERROR)
        get() = unreadable()
        set(skew) {
            client = client.clockSkew(skew.toJavaDuration())
        }

    /** The longest certificate chain accepted, 1 to 15; 8 if not set. */
    public var maxCertificates: Int
        @Deprecated(WRITE_ONLY, level = ERROR)
        get() = unreadable()
        set(most) {
            client = client.maxCertificates(most)
        }

    /** How long a request waits for its answer; 10 s if not set, at most a day. */
    public var requestTimeout: Duration
        @Deprecated(WRITE_ONLY, level = ERROR)
        get() = unreadable()
        set(timeout) {
            client = client.requestTimeout(timeout.toJavaDuration())
        }

    /** How many requests of a session may be without an answer, 1 to 65,535; 4,096 if not set. */
    public var maxRequestsInFlight: Int
        @Deprecated(WRITE_ONLY, level = ERROR)
        get() = unreadable()
        set(most) {
            client = client.maxRequestsInFlight(most)
        }

    /** How many bytes of a session may wait to be written, at least 1; 64 MiB if not set. */
    public var maxPendingBytes: Long
        @Deprecated(WRITE_ONLY, level = ERROR)
        get() = unreadable()
        set(most) {
            client = client.maxPendingBytes(most)
        }

    /** The longest packet that a session sends or takes, in bytes, 1,024 to 268,435,455; 16 MiB if not set. */
    public var maxPacketSize: Int
        @Deprecated(WRITE_ONLY, level = ERROR)
        get() = unreadable()
        set(most) {
            client = client.maxPacketSize(most)
        }

    /** How many updates may wait for each subscriber, 1 to 65,536; 256 if not set. See [updatesAsFlow]. */
    public var updateBuffer: Int
        @Deprecated(WRITE_ONLY, level = ERROR)
        get() = unreadable()
        set(most) {
            client = client.updateBuffer(most)
        }

    /** How many bytes of content these may hold, at least 1; 16 MiB if not set. */
    public var updateBufferBytes: Long
        @Deprecated(WRITE_ONLY, level = ERROR)
        get() = unreadable()
        set(most) {
            client = client.updateBufferBytes(most)
        }

    /** What happens to a subscriber for whom more updates wait than that; [UpdateOverflow.FAIL] if not set. */
    public var updateOverflow: UpdateOverflow
        @Deprecated(WRITE_ONLY, level = ERROR)
        get() = unreadable()
        set(overflow) {
            client = client.updateOverflow(overflow)
        }

    /** How TCP finds out that the path is dead; [KeepAlive.DEFAULT] if not set. */
    public var keepAlive: KeepAlive
        @Deprecated(WRITE_ONLY, level = ERROR)
        get() = unreadable()
        set(keepAlive) {
            client = client.keepAlive(keepAlive)
        }

    /** After how long a silence the server is asked for a sign of life, at most a day; never if not set. */
    public var probe: Duration
        @Deprecated(WRITE_ONLY, level = ERROR)
        get() = unreadable()
        set(silence) {
            client = client.probe(silence.toJavaDuration())
        }
}
