package io.plabble.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.tck.TestObservationRegistry;
import io.plabble.protocol.BucketKey;
import io.plabble.protocol.PlabbleException;
import io.plabble.protocol.Reason;
import io.plabble.protocol.crypto.IdentityKeyPair;
import io.plabble.protocol.internal.crypto.SessionKeyPair;
import io.plabble.protocol.internal.protection.KeySchedule;
import io.plabble.sdk.micrometer.MicrometerInstrumentation;
import io.plabble.sdk.test.Fault;
import io.plabble.sdk.test.FaultPoint;
import io.plabble.sdk.test.PlabbleTestServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.reactivestreams.Publisher;
import reactor.test.subscriber.TestSubscriber;

/**
 * No key is in anything that a session's whole life leaves behind: logs of every level, exceptions, metrics, observations, and the
 * text of every object that the caller gets hold of.
 */
class SecretsOfALifeTest {
    private static final int FIRST_COUNTER = 65_500;
    private static final int LAST_COUNTER = 65_534;
    private static final int RENEWING_AT = 8;
    private static final Duration SHORT = Duration.ofMillis(50);

    private final PlabbleTestServer server = PlabbleTestServer.builder()
            .firstCounters(FIRST_COUNTER, FIRST_COUNTER)
            .start();
    private final List<LogRecorder> logs =
            List.of(new LogRecorder(), new LogRecorder("io.netty"), new LogRecorder("reactor"));
    private final TestObservationRegistry observations = TestObservationRegistry.create();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final List<Observation.Context> observed = new CopyOnWriteArrayList<>();
    private final SecretSearch search = new SecretSearch();
    private final List<Object> seen = new CopyOnWriteArrayList<>();
    private final List<Throwable> errors = new CopyOnWriteArrayList<>();

    @AfterEach
    void end() {
        logs.forEach(LogRecorder::close);
        server.close();
    }

    @ParameterizedTest
    @EnumSource(names = {"ON", "OFF"})
    void noKeyIsLeftBehind(Encryption encryption) {
        observations.observationConfig().observationHandler(new Remembering());
        PlabbleClient client = client(encryption);
        seen.add(client);
        live(client);
        late(client);
        tampered(client);
        notVerified(client.serverName("other.example"));
        notVerified(client.pin(IdentityKeyPair.generate().publicKey()));
        renewed(client);

        String logged = logged();
        assertThat(logged).contains("session ended").contains("io.netty").contains("sent CREATE");
        assertThat(search.findIn(logged)).isEmpty();
        assertThat(errors)
                .hasSizeGreaterThan(6)
                .allSatisfy(error -> assertThat(search.findIn(told(error))).isEmpty());
        assertThat(meters.getMetersAsString()).contains("plabble.client.session");
        assertThat(search.findIn(meters.getMetersAsString())).isEmpty();
        assertThat(observed)
                .hasSizeGreaterThan(10)
                .allSatisfy(context -> assertThat(search.findIn(context + " " + context.getAllKeyValues()))
                        .isEmpty());
        seen.addAll(errors);
        assertThat(seen)
                .allSatisfy(object ->
                        assertThat(search.findIn(PublicView.of(object))).isEmpty());
    }

    private PlabbleClient client(Encryption encryption) {
        return PlabbleClient.create(server.host(), server.port())
                .trust(server.trustStore())
                .encryption(encryption)
                .instrument(MicrometerInstrumentation.of(observations).withMeters(meters))
                .doOnStep(seen::add)
                .doOnPacket(packet -> seen.add(packet.toString()))
                .origins(origins ->
                        origins.withFirstCounters(FIRST_COUNTER, FIRST_COUNTER).withKeyPairs(this::remembered));
    }

    /** Everything that a session can do, and every refusal. */
    private void live(PlabbleClient client) {
        PlabbleSession session = remembered(client.connect().block(SessionFixture.BOUND));
        Bucket bucket = remembered(SessionFixture.create(session));
        TestSubscriber<SlotUpdate> follower = TestSubscriber.create();
        bucket.readAndFollow().subscribe(follower);
        SessionFixture.done(bucket.put(1, "content"));
        SessionFixture.done(bucket.append("content"));
        seen.addAll(SessionFixture.slots(bucket.read()));
        SessionFixture.done(bucket.wipe(1));
        failed(session.bucket(bucket.id()).put(1, "not allowed"));
        BucketKey wrong = BucketKey.of(secret("a wrong bucket key", bytes(new SecureRandom())));
        failed(session.bucket(bucket.id(), wrong).put(1, "not allowed"));
        SessionFixture.done(bucket.delete());
        failed(bucket.read());
        seen.addAll(follower.getReceivedOnNext());
        SessionFixture.done(session.close());
        failed(bucket.read());
        seen.add(session);
    }

    /** A CREATE that is not answered leaves the key of what it may have created. */
    private void late(PlabbleClient client) {
        PlabbleSession session =
                remembered(client.requestTimeout(SHORT).connect().block(SessionFixture.BOUND));
        server.fault(FaultPoint.REQUEST_RECEIVED, Fault.once(Fault.silence()));
        PlabbleException late = failed(session.createBucket(SessionFixture.ALL_PRIVATE));
        secret("the key of a candidate", late.candidate().orElseThrow().key().copy());
        session.dispose();
    }

    private void tampered(PlabbleClient client) {
        PlabbleSession session = remembered(client.connect().block(SessionFixture.BOUND));
        server.fault(FaultPoint.ANSWER, Fault.once(Fault.rewrite(wire -> {
            wire[wire.length - 1] ^= 1;
            return wire;
        })));
        assertThat(failed(session.createBucket(SessionFixture.ALL_PRIVATE)).reason())
                .isEqualTo(Reason.AUTHENTICATION_FAILED);
        failed(session.onClose());
    }

    private void notVerified(PlabbleClient client) {
        failed(client.connect());
    }

    private void renewed(PlabbleClient client) {
        PlabbleSessions sessions = client.sessions(SessionsSpec.DEFAULT.renewAt(RENEWING_AT / 65_535.0));
        seen.add(sessions);
        LastingBucket bucket = sessions.createBucket(SessionFixture.ALL_PRIVATE).block(SessionFixture.BOUND);
        seen.add(bucket);
        secret("a lasting bucket's key", bucket.key().orElseThrow().copy());
        for (int renewals = 0; renewals < 2; renewals++) {
            remembered(sessions.session().block(SessionFixture.BOUND));
            while (sessions.health().renewals() == renewals) {
                SessionFixture.done(bucket.put(1, "content"));
            }
        }
        seen.add(sessions.health());
        SessionFixture.done(sessions.close());
        failed(bucket.read());
    }

    private SessionKeyPair remembered(SecureRandom random) {
        return SessionKeyPair.ofPrivateKey(secret("a private key", bytes(random)));
    }

    /** Its keys are those of its own counters (§7); it is looked at while it lives, too. */
    private PlabbleSession remembered(PlabbleSession session) {
        secret("a shared secret", session.sharedSecret().copy());
        KeySchedule keys = new KeySchedule(session.sharedSecret());
        for (int counter = FIRST_COUNTER; counter <= LAST_COUNTER; counter++) {
            secret("key 0 of counter " + counter, keys.messageKey(counter, 0));
            secret("key 1 of counter " + counter, keys.messageKey(counter, 1));
        }
        String view = PublicView.of(session);
        assertThat(view).contains(session.sharedSecret().fingerprint()); // what is not secret is in it
        seen.add(view);
        return session;
    }

    private Bucket remembered(Bucket bucket) {
        secret("a bucket's key", bucket.key().orElseThrow().copy());
        seen.add(bucket);
        return bucket;
    }

    private byte[] secret(String name, byte[] secret) {
        search.add(name, secret);
        return secret;
    }

    private static byte[] bytes(SecureRandom random) {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        return bytes;
    }

    private PlabbleException failed(Publisher<?> publisher) {
        SessionFixture.fails(publisher, PlabbleException.class, errors::add);
        return (PlabbleException) errors.get(errors.size() - 1);
    }

    private final class Remembering implements ObservationHandler<Observation.Context> {
        @Override
        public void onStop(Observation.Context context) {
            observed.add(context);
        }

        @Override
        public boolean supportsContext(Observation.Context context) {
            return true;
        }
    }

    private String logged() {
        return logs.stream()
                .flatMap(log -> log.events.stream())
                .map(SecretsOfALifeTest::told)
                .collect(Collectors.joining("\n"));
    }

    private static String told(ILoggingEvent event) {
        String thrown = event.getThrowableProxy() == null ? "" : ThrowableProxyUtil.asString(event.getThrowableProxy());
        return event.getLoggerName() + " " + event.getFormattedMessage() + Arrays.deepToString(event.getArgumentArray())
                + event.getMDCPropertyMap() + thrown;
    }

    /** With its causes and what it suppresses, and as it travels. */
    private static String told(Throwable error) {
        StringWriter trace = new StringWriter();
        error.printStackTrace(new PrintWriter(trace));
        ByteArrayOutputStream travelling = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(travelling)) {
            out.writeObject(error);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return trace + travelling.toString(StandardCharsets.ISO_8859_1);
    }
}
