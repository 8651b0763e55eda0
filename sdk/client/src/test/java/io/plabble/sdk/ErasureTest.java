package io.plabble.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.plabble.protocol.PlabbleException;
import io.plabble.protocol.crypto.IdentityKeyPair;
import io.plabble.protocol.internal.crypto.HkdfSha256;
import io.plabble.protocol.internal.crypto.SessionKeyPair;
import io.plabble.sdk.test.Fault;
import io.plabble.sdk.test.FaultPoint;
import io.plabble.sdk.test.PlabbleTestServer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.assertj.core.util.introspection.PropertyOrFieldSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;

/** The arrays that hold a session's keys are overwritten however it ends, before anybody hears of the end. */
class ErasureTest extends SessionFixture {
    private static final int LAST_COUNTER = 65_534;
    private static final int LATE_COUNTER = 65_500;
    private static final int RENEWING_AT = 8;
    private static final byte[] OF_NO_KEY = ofNoKey();
    private static final Duration SHORT = Duration.ofMillis(300);

    private final List<byte[]> privateKeys = new CopyOnWriteArrayList<>();
    private final RecordingInstrumentation heard = new RecordingInstrumentation();

    @Override
    PlabbleClient client() {
        return super.client().instrument(heard).origins(origins -> origins.withKeyPairs(this::remembered));
    }

    private SessionKeyPair remembered(SecureRandom random) {
        SessionKeyPair pair = SessionKeyPair.generate(random);
        byte[] privateKey = read(pair, "privateKey.bytes");
        assertThat(isZero(privateKey)).isFalse();
        privateKeys.add(privateKey);
        return pair;
    }

    /** The array of a shared secret, and the HMAC that all of a session's keys are derived with. */
    private record Keys(byte[] sharedSecret, HkdfSha256 derivation) {
        static Keys of(PlabbleSession session) {
            return new Keys(
                    read(session.sharedSecret(), "secret.bytes"), read(session, "exchange.protection.keys.hkdf"));
        }

        static Keys of(Instrumentation.OpenSession session) {
            return new Keys(new byte[0], read(session, "exchange.protection.keys.hkdf"));
        }

        boolean areErased() {
            return isZero(sharedSecret) && Arrays.equals(derivation.expand(new byte[0], 32), OF_NO_KEY);
        }
    }

    /** A way in which a session can end. */
    enum End {
        CLOSE,
        DISPOSE,
        CLOSED_BY_THE_SERVER,
        RESET,
        MALFORMED,
        TAMPERED,
        CUT_OFF,
        EXHAUSTED
    }

    @ParameterizedTest
    @EnumSource
    void everyEndErasesEveryKeyFirst(End end) {
        boolean exhausted = end == End.EXHAUSTED;
        if (exhausted) {
            restart(PlabbleTestServer.builder().firstCounters(LAST_COUNTER, LAST_COUNTER));
        }
        PlabbleSession session = connect(
                exhausted
                        ? client().origins(origins -> origins.withFirstCounters(LAST_COUNTER, LAST_COUNTER))
                        : client());
        Keys keys = Keys.of(session);
        assertThat(privateKeys).hasSize(1).allMatch(ErasureTest::isZero); // it has served its purpose
        assertThat(keys.areErased()).isFalse();
        List<Boolean> erased = new CopyOnWriteArrayList<>();
        Runnable look = () -> erased.add(keys.areErased());
        Mono<Void> closed = started(session.onClose().doOnTerminate(look));

        bring(session, end);
        session.createBucket(ALL_PRIVATE).doOnError(error -> look.run()).subscribe(bucket -> {}, error -> {});

        closed.onErrorComplete().block(BOUND);
        assertThat(erased).isNotEmpty().doesNotContain(false);
    }

    /** About, with the next request at the latest. */
    private void bring(PlabbleSession session, End end) {
        switch (end) {
            case CLOSE -> session.close().subscribe();
            case DISPOSE -> session.dispose();
            case CLOSED_BY_THE_SERVER -> server.closeConnections();
            case RESET -> server.fault(FaultPoint.REQUEST_RECEIVED, Fault.reset());
            case MALFORMED -> server.fault(FaultPoint.ANSWER, Fault.forge(packet -> new byte[] {14, 0, 0}));
            case TAMPERED ->
                server.fault(FaultPoint.ANSWER, Fault.rewrite(wire -> {
                    wire[wire.length - 1] ^= 1;
                    return wire;
                }));
            case CUT_OFF -> server.fault(FaultPoint.ANSWER, Fault.truncate(3));
            case EXHAUSTED -> {}
        }
    }

    @Test
    void aRenewalErasesTheKeysOfTheOldSession() {
        restart(PlabbleTestServer.builder().firstCounters(LATE_COUNTER, LATE_COUNTER));
        PlabbleSessions sessions = client().origins(origins -> origins.withFirstCounters(LATE_COUNTER, LATE_COUNTER))
                .sessions(SessionsSpec.DEFAULT.renewAt(RENEWING_AT / 65_535.0));
        LastingBucket bucket = sessions.createBucket(ALL_PRIVATE).block(BOUND);
        PlabbleSession old = sessions.session().block(BOUND);
        Keys keys = Keys.of(old);
        while (sessions.health().renewals() == 0) {
            done(bucket.put(1, "content"));
        }

        old.onClose().onErrorComplete().block(BOUND);
        assertThat(keys.areErased()).isTrue();

        Keys next = Keys.of(sessions.session().block(BOUND));
        assertThat(next.areErased()).isFalse();
        done(sessions.close());
        assertThat(next.areErased()).isTrue();
        assertThat(privateKeys).hasSizeGreaterThan(1).allMatch(ErasureTest::isZero);
    }

    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(FaultPoint.CONNECT_RECEIVED, Fault.close()),
                Arguments.of(FaultPoint.CONNECT_RECEIVED, Fault.reset()),
                Arguments.of(FaultPoint.CONNECT_RECEIVED, Fault.silence()),
                Arguments.of(FaultPoint.CONNECT_RECEIVED, Fault.error(1, "no")),
                Arguments.of(FaultPoint.CONNECT_ANSWER, Fault.truncate(50)),
                Arguments.of(FaultPoint.CONNECT_ANSWER, Fault.answer(new byte[] {0})),
                Arguments.of(FaultPoint.CONNECT_ANSWER, Fault.rewrite(wire -> {
                    wire[40] ^= 1; // of the server's key or the signature
                    return wire;
                })));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void everyFailureOfAConnectErasesThePrivateKeyFirst(FaultPoint point, Fault fault) {
        server.fault(point, fault);
        PlabbleClient client = fault instanceof Fault.Silence ? client().connectTimeout(SHORT) : client();
        failsErased(client);
    }

    @Test
    void soDoesAServerThatIsNotVerified() {
        failsErased(client().serverName("other.example"));
        failsErased(client().pin(IdentityKeyPair.generate().publicKey()));
    }

    @ParameterizedTest
    @EnumSource
    void soDoesAListenerThatFailsAtAnyStep(ConnectStep step) {
        existsHere(step);
        failsErased(client().doOnStep(progress -> {
            if (progress.step() == step) {
                throw new IllegalStateException("of the caller's own");
            }
        }));
    }

    @ParameterizedTest
    @EnumSource
    void soDoesACancelAtAnyStep(ConnectStep step) {
        existsHere(step);
        AtomicBoolean passed = new AtomicBoolean();
        Disposable.Swap connecting = Disposables.swap();
        Mono<PlabbleSession> connect = client().doOnStep(progress -> {
                    if (progress.step() == step) {
                        connecting.dispose();
                        passed.set(true);
                    }
                })
                .connect();
        connecting.update(connect.delaySubscription(Duration.ofMillis(1)).subscribe());
        eventually(() -> assertThat(passed).isTrue());
        eventually(() -> assertThat(server.openConnections()).isZero());
        eventually(() -> assertThat(everythingIsErased()).isTrue());
    }

    private void failsErased(PlabbleClient client) {
        List<Boolean> erased = new ArrayList<>();
        fails(
                client.connect().doOnError(error -> erased.add(everythingIsErased())),
                PlabbleException.class,
                error -> assertThat(erased).containsExactly(true));
    }

    private void existsHere(ConnectStep step) {
        assumeTrue(step != ConnectStep.SECURED || transport.isSecured());
        assumeTrue(step != ConnectStep.UPGRADED || transport.isWebSocket());
    }

    private boolean everythingIsErased() {
        return privateKeys.stream().allMatch(ErasureTest::isZero)
                && heard.opened.stream().allMatch(session -> Keys.of(session).areErased());
    }

    private static boolean isZero(byte[] bytes) {
        return Arrays.equals(bytes, new byte[bytes.length]);
    }

    @SuppressWarnings("unchecked") // a mistake would show at once
    private static <T> T read(Object holder, String fields) {
        return (T) PropertyOrFieldSupport.EXTRACTION.getValueOf(fields, holder);
    }

    /** What is derived where the key has been replaced by nothing. */
    private static byte[] ofNoKey() {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(new byte[32], "HmacSHA256"));
            return mac.doFinal(new byte[] {1});
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
