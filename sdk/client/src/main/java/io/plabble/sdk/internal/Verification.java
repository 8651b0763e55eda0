package io.plabble.sdk.internal;

import io.plabble.protocol.PlabbleConfigurationException;
import io.plabble.protocol.certificate.CertificateVerifier;
import io.plabble.protocol.certificate.TrustStore;
import io.plabble.protocol.crypto.IdentityKey;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * How the server is to be verified.
 *
 * @param trust asked at each connect, on a thread that may block if it may; if present, the certificate chain is asked for
 * @param pins the identity keys accepted; with trust too, both must hold
 * @param unauthenticated the caller asked, by name, for no authentication
 * @param clock for the certificates' windows
 * @param clockSkew 0 to 5 minutes
 * @param maxCertificates 1 to 15
 */
public record Verification(
        Optional<Mono<TrustStore>> trust,
        List<IdentityKey> pins,
        boolean unauthenticated,
        Clock clock,
        Duration clockSkew,
        int maxCertificates) {
    static final Verification DEFAULT = new Verification(
            Optional.empty(),
            List.of(),
            false,
            Clock.systemUTC(),
            Duration.ZERO,
            CertificateVerifier.DEFAULT_MAX_CERTIFICATES);

    public Verification withTrust(TrustStore store) {
        return withTrust(Mono.just(store));
    }

    /** The supplier may well read files. */
    public Verification withTrust(Supplier<TrustStore> supplier) {
        return withTrust(Mono.defer(
                () -> Mono.fromCallable(() -> checked(Callbacks.call("the trust store's supplier", supplier)))
                        .subscribeOn(Schedulers.boundedElastic())));
    }

    private Verification withTrust(Mono<TrustStore> store) {
        return new Verification(Optional.of(store), pins, false, clock, clockSkew, maxCertificates);
    }

    private static TrustStore checked(TrustStore trust) {
        if (trust.isEmpty()) {
            throw new PlabbleConfigurationException("the trust store holds no root: no server could be verified");
        }
        return trust;
    }

    public Verification withPins(List<IdentityKey> keys) {
        return new Verification(trust, List.copyOf(keys), false, clock, clockSkew, maxCertificates);
    }

    public Verification withoutAuthentication() {
        return new Verification(trust, pins, true, clock, clockSkew, maxCertificates);
    }

    public Verification withClock(Clock newClock) {
        return new Verification(trust, pins, unauthenticated, newClock, clockSkew, maxCertificates);
    }

    public Verification withClockSkew(Duration skew) {
        return new Verification(trust, pins, unauthenticated, clock, skew, maxCertificates);
    }

    public Verification withMaxCertificates(int most) {
        return new Verification(trust, pins, unauthenticated, clock, clockSkew, most);
    }

    /** Whether there is a chain or a pin to verify against. */
    public boolean authenticates() {
        return trust.isPresent() || !pins.isEmpty();
    }
}
