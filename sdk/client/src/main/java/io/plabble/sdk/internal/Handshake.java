package io.plabble.sdk.internal;

import io.netty.channel.Channel;
import io.plabble.protocol.PacketType;
import io.plabble.protocol.PlabbleException;
import io.plabble.protocol.certificate.Certificate;
import io.plabble.protocol.certificate.CertificateVerifier;
import io.plabble.protocol.certificate.TrustStore;
import io.plabble.protocol.crypto.IdentityKey;
import io.plabble.protocol.crypto.SharedSecret;
import io.plabble.protocol.internal.connect.ConnectExchange;
import io.plabble.protocol.internal.crypto.Engines;
import io.plabble.protocol.internal.crypto.SessionKeyPair;
import io.plabble.protocol.internal.crypto.SessionRandom;
import io.plabble.protocol.internal.packet.ConnectRequest;
import io.plabble.protocol.internal.packet.ConnectResponse;
import io.plabble.protocol.internal.protection.PacketProtection;
import io.plabble.sdk.Authentication;
import io.plabble.sdk.ConnectProgress;
import io.plabble.sdk.ConnectStep;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * One CONNECT exchange (§4) as a chain of operators. Each step is a pure function of {@link ConnectExchange}; this class
 * only puts them in order and keeps the deadline. {@link Connector} closes the connection where this ends in an error or
 * a cancel.
 */
final class Handshake {
    private static volatile boolean cryptographyLoaded;

    private final Settings settings;
    private final ConnectionOwner connection;
    private final Function<Consumer<Channel>, Mono<Void>> dial;
    private final Scheduler cryptography;
    private final long started = System.nanoTime();
    private final Watcher watcher;
    private volatile @Nullable ConnectStep last;
    private volatile boolean over;
    private volatile @Nullable RuntimeException refused;

    Handshake(Settings settings, ConnectionOwner connection) {
        this(
                settings,
                connection,
                // Detached, for Reactor Netty keeps the subscriber as long as the connection: 3 kB of operators.
                own -> Mono.defer(() -> new Dialler(settings).client(own).connect())
                        .onTerminateDetach()
                        .then(),
                Schedulers.parallel());
    }

    /**
     * Over another connection.
     *
     * @param dial hands over each channel that it makes, then connects it; completes on its event loop
     * @param cryptography what takes long is computed there
     */
    Handshake(
            Settings settings,
            ConnectionOwner connection,
            Function<Consumer<Channel>, Mono<Void>> dial,
            Scheduler cryptography) {
        this.settings = settings;
        this.watcher = Watcher.of(settings);
        this.connection = connection;
        this.dial = dial;
        this.cryptography = cryptography;
    }

    /** The steps, in the order of §4. Whoever subscribes owns the connection and closes it. */
    Mono<SharedSession> session() {
        return watcher.connect(loadCryptography()
                .then(loadTrustStore())
                .flatMap(this::openConnection)
                .flatMap(this::exchange)
                .onErrorComplete(error -> connection.isClosing()) // a cancel's own doing, which is nobody's error
                .timeout(Mono.delay(settings.network().connectTimeout()), Mono.error(TimeoutException::new))
                .onErrorMap(error -> ConnectFailures.typed(error, settings, next()))
                .doOnTerminate(() -> over = true)
                .doOnError(PlabbleException.class, connection.journal()::failed)
                .doOnCancel(this::cancelled));
    }

    /**
     * CONNECT, on the connection's event loop, except for what would make others wait there for half a millisecond each time: a
     * hundred handshakes at once make an event loop late by tens of milliseconds, as {@code EventLoopLatencyBenchmark} shows.
     */
    private Mono<SharedSession> exchange(Optional<TrustStore> trust) {
        return Mono.using(
                () -> generateKeyPair(trust),
                request -> Mono.just(request)
                        .doOnNext(made -> done(ConnectStep.KEY_PAIR_GENERATED))
                        .delayUntil(this::sendRequest)
                        .flatMap(this::receiveResponse)
                        .map(this::verifyCertificates)
                        .map(this::verifySignature)
                        .mapNotNull(this::agreeOnSecret)
                        .publishOn(Schedulers.fromExecutor(connection::onLoop))
                        .mapNotNull(this::openSession),
                request -> request.keyPair.destroy());
    }

    /** Reactor may also tell of a cancel that comes when all is over. */
    private void cancelled() {
        if (!over) {
            over = true;
            connection.journal().cancelled(next());
        }
    }

    /** The step that has not been done. */
    private ConnectStep next() {
        ConnectStep done = last;
        return done == null ? ConnectStep.CONNECTED : settings.endpoint().stepAfter(done);
    }

    /** What waits for entropy or files the first time in a JVM, hence off the event loop and before it. */
    private static Mono<Void> loadCryptography() {
        if (cryptographyLoaded) {
            return Mono.empty();
        }
        return Mono.<Void>fromRunnable(() -> {
                    Engines.load();
                    SessionRandom.seeded();
                    cryptographyLoaded = true;
                })
                .subscribeOn(Schedulers.boundedElastic());
    }

    /** Asked at each connect, and before anything is opened. */
    private Mono<Optional<TrustStore>> loadTrustStore() {
        return settings.verification()
                .trust()
                .map(store -> store.map(Optional::of))
                .orElse(Mono.just(Optional.empty()));
    }

    private Mono<Optional<TrustStore>> openConnection(Optional<TrustStore> trust) {
        return dial.apply(this::own)
                .onErrorMap(error -> Objects.requireNonNullElse(refused, error))
                .thenReturn(trust);
    }

    private void own(Channel channel) {
        try {
            connection.own(channel, this::done);
            connection.journal().connecting();
        } catch (RuntimeException e) { // thrown on, Netty would log it, and tell nobody why it closes the channel
            refused = e;
            channel.close();
        }
    }

    /** Step 1. */
    private Request generateKeyPair(Optional<TrustStore> trust) {
        SessionKeyPair own = settings.origins().keyPairs().apply(SessionRandom.seeded());
        return new Request(trust, own, ConnectExchange.request(own, settings.encrypted(), trust.isPresent()));
    }

    /** Step 2. */
    private Mono<Void> sendRequest(Request request) {
        byte[] packet = request.packet.encoded();
        connection.journal().sent(PacketType.CONNECT, 0, false, packet);
        return connection.write(packet).doOnSuccess(written -> done(ConnectStep.REQUEST_SENT));
    }

    /** Steps 3 to 8 are the server's. The keys of its certificates are decoded, which takes long. */
    private Mono<Response> receiveResponse(Request request) {
        TrustStore known = request.trust.orElse(TrustStore.empty());
        return connection.packets().answer().publishOn(cryptography).map(packet -> {
            ConnectResponse response = ConnectExchange.response(request.packet, packet, known);
            done(ConnectStep.RESPONSE_RECEIVED);
            return new Response(request, response);
        });
    }

    /** Step 9. */
    private Response verifyCertificates(Response response) {
        Verification how = settings.verification();
        response.request.trust.ifPresent(trust -> new CertificateVerifier(trust, how.clockSkew(), how.maxCertificates())
                .verify(
                        response.packet.certificates(),
                        settings.endpoint().verifiedHost(),
                        Callbacks.call("the clock", how.clock()::instant)));
        done(ConnectStep.CERTIFICATES_VERIFIED);
        return response;
    }

    /** Step 10. */
    private Authenticated verifySignature(Response response) {
        ConnectRequest request = response.request.packet;
        Authentication authentication = authenticate(request, response.packet);
        ConnectExchange.refuseReflectedKey(request, response.packet);
        done(ConnectStep.SIGNATURE_VERIFIED);
        return new Authenticated(response, authentication);
    }

    private Authentication authenticate(ConnectRequest request, ConnectResponse response) {
        List<IdentityKey> pins = settings.verification().pins();
        if (request.certificate()) {
            List<Certificate> chain = response.certificates();
            IdentityKey certified = chain.get(0).publicKey();
            if (!pins.isEmpty()) {
                ConnectExchange.verifyPin(certified, pins);
            }
            ConnectExchange.verifySignature(request, response, List.of(certified));
            return new Authentication.ByCertificateChain(chain, !pins.isEmpty());
        }
        return pins.isEmpty()
                ? new Authentication.None()
                : new Authentication.ByPinnedKey(ConnectExchange.verifySignature(request, response, pins));
    }

    /** Steps 11 and 12; null only after a cancel, when nobody listens and the key may be erased. */
    private @Nullable Agreed agreeOnSecret(Authenticated server) {
        Response response = server.response;
        SharedSecret secret;
        try {
            secret = ConnectExchange.agreeOnSecret(response.request.keyPair, response.packet.serverPublicKey());
        } catch (IllegalStateException e) {
            if (response.request.keyPair.isDestroyed()) {
                return null;
            }
            throw e;
        }
        response.request.keyPair.destroy();
        PacketProtection protection = PacketProtection.of(secret, response.request.packet.encryption());
        connection.whenClosed(() -> {
            secret.destroy();
            protection.destroy();
        });
        return new Agreed(server, secret, protection);
    }

    /** Step 13; null only after a cancel. If the server has closed meanwhile, this is a session that has ended. */
    private @Nullable SharedSession openSession(Agreed agreed) {
        if (connection.isClosing()) {
            return null;
        }
        SharedSession session = new LiveSession(
                connection,
                settings,
                agreed.secret,
                agreed.protection,
                agreed.server.authentication,
                agreed.server.response.request.packet.encryption());
        done(ConnectStep.SECRET_AGREED);
        return session;
    }

    private void done(ConnectStep step) {
        if (over) { // a verification that a cancel or the deadline has overtaken
            return;
        }
        last = step;
        ConnectProgress progress = new ConnectProgress(step, Duration.ofNanos(System.nanoTime() - started));
        connection.journal().step(progress);
        Callbacks.call("the listener given to doOnStep", () -> {
            settings.hooks().onStep().accept(progress);
            return progress;
        });
    }

    private record Request(Optional<TrustStore> trust, SessionKeyPair keyPair, ConnectRequest packet) {}

    private record Response(Request request, ConnectResponse packet) {}

    private record Authenticated(Response response, Authentication authentication) {}

    private record Agreed(Authenticated server, SharedSecret secret, PacketProtection protection) {}
}
