package io.plabble.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import io.plabble.protocol.BucketCandidate;
import io.plabble.protocol.BucketKey;
import io.plabble.protocol.ErrorCode;
import io.plabble.protocol.PacketType;
import io.plabble.protocol.PlabbleException;
import io.plabble.protocol.PlabbleProtocolException;
import io.plabble.protocol.PlabbleServerException;
import io.plabble.protocol.Slot;
import io.plabble.sdk.test.Fault;
import io.plabble.sdk.test.FaultPoint;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A CREATE that fails once it is written may have created its bucket: the exception carries the id and the only key. */
class BucketCandidateTest extends SessionFixture {
    @ParameterizedTest
    @EnumSource(names = {"ON", "OFF"})
    void afterAnErrorTheCandidateOpensTheBucketIfItExistsAllTheSame(Encryption encryption) {
        PlabbleSession session = connect(encryption);
        server.fault(FaultPoint.ANSWER, Fault.once(Fault.error(1, "created, and then something broke")));

        BucketCandidate candidate = candidate(session, PlabbleServerException.class);

        opens(session, candidate);
        opens(connect(encryption), candidate);
    }

    @ParameterizedTest
    @EnumSource(names = {"ON", "OFF"})
    void afterATimeoutTheCandidateOpensTheBucketIfItExistsAllTheSame(Encryption encryption) {
        PlabbleSession session = connect(patient().encryption(encryption));
        server.fault(FaultPoint.ANSWER, Fault.once(Fault.silence()));
        AtomicReference<PlabbleException> failure = new AtomicReference<>();
        isLate(PacketType.CREATE, session.createBucket(ALL_PRIVATE), failure::set);

        opens(connect(encryption), candidate(failure.get()));
    }

    @ParameterizedTest
    @EnumSource(names = {"ON", "OFF"})
    void afterTheEndOfTheSessionTheCandidateOpensTheBucketIfItExistsAllTheSame(Encryption encryption) {
        for (Fault end : List.of(Fault.close(), Fault.reset())) {
            server.fault(FaultPoint.ANSWER, Fault.once(end));

            opens(connect(encryption), candidate(connect(encryption), PlabbleSessionClosedException.class));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"ON", "OFF"})
    void afterABrokenAnswerTheCandidateOpensTheBucketIfItExistsAllTheSame(Encryption encryption) {
        server.fault(FaultPoint.ANSWER, Fault.once(Fault.truncate(7)));

        opens(connect(encryption), candidate(connect(encryption), PlabbleProtocolException.class));
    }

    @ParameterizedTest
    @EnumSource(names = {"ON", "OFF"})
    void whenThisEndDisposesTheCandidateOpensTheBucketIfItExistsAllTheSame(Encryption encryption) {
        PlabbleSession session = connect(encryption);
        server.fault(FaultPoint.ANSWER, Fault.once(Fault.silence()));
        CompletableFuture<Bucket> creating = session.createBucket(ALL_PRIVATE).toFuture();
        eventually(() -> assertThat(server.received(PacketType.CREATE)).isEqualTo(1));

        session.dispose();

        assertThat(creating)
                .failsWithin(BOUND)
                .withThrowableThat()
                .havingRootCause()
                .isInstanceOfSatisfying(
                        PlabbleSessionClosedException.class, error -> opens(connect(encryption), candidate(error)));
    }

    @ParameterizedTest
    @EnumSource(names = {"ON", "OFF"})
    void ofACreateThatWasNotCarriedOutTheCandidateOpensNothing(Encryption encryption) {
        PlabbleSession session = connect(encryption);
        server.fault(FaultPoint.REQUEST_RECEIVED, Fault.once(Fault.error(1, "not created")));

        BucketCandidate candidate = candidate(session, PlabbleServerException.class);

        fails(
                session.bucket(candidate.id(), candidate.key()).read(),
                PlabbleServerException.class,
                none -> assertThat(none.errorCode()).contains(ErrorCode.BUCKET_DOES_NOT_EXIST));
    }

    @Test
    void aCreateThatWasNotWrittenHasNoCandidate() {
        PlabbleSession one = connect(client().maxRequestsInFlight(1));
        server.fault(FaultPoint.REQUEST_RECEIVED, Fault.once(Fault.hold()));
        CompletableFuture<Bucket> creating = one.createBucket(ALL_PRIVATE).toFuture();

        fails(one.createBucket(ALL_PRIVATE), PlabbleLimitException.class, BucketCandidateTest::withoutCandidate);
        server.release();
        assertThat(creating).succeedsWithin(BOUND);

        one.dispose();
        fails(
                one.createBucket(ALL_PRIVATE),
                PlabbleSessionClosedException.class,
                BucketCandidateTest::withoutCandidate);
        assertThat(server.received(PacketType.CREATE)).isEqualTo(1);
    }

    @Test
    void whatFailsAndIsNoCreateHasNoCandidate() {
        Bucket bucket = create(connect(client()));
        server.fault(FaultPoint.ANSWER, Fault.once(Fault.error(1, "")));

        fails(
                bucket.put(0, "content"),
                PlabbleServerException.class,
                error -> assertThat(error.candidate()).isEmpty());
    }

    private static void withoutCandidate(PlabbleException error) {
        assertThat(error.requestWritten()).isFalse();
        assertThat(error.candidate()).isEmpty();
        assertThat(error.bucketId()).isPresent();
    }

    /** Of a creation that fails. */
    private static BucketCandidate candidate(PlabbleSession session, Class<? extends PlabbleException> type) {
        AtomicReference<PlabbleException> failure = new AtomicReference<>();
        fails(session.createBucket(ALL_PRIVATE), type, failure::set);
        return candidate(failure.get());
    }

    private static BucketCandidate candidate(PlabbleException error) {
        BucketCandidate candidate = error.candidate().orElseThrow();
        assertThat(error.requestWritten()).isTrue();
        assertThat(error.bucketId()).contains(candidate.id());
        assertThat(candidate.id().permissions()).isEqualTo(ALL_PRIVATE.permissions());
        StringWriter everything = new StringWriter();
        error.printStackTrace(new PrintWriter(everything, true));
        everything.append(error.toString()).append(candidate.toString());
        BucketKey key = candidate.key();
        assertThat(everything.toString())
                .contains(candidate.id().toString())
                .doesNotContainIgnoringCase(key.hex())
                .doesNotContain(Base64.getEncoder().withoutPadding().encodeToString(key.copy()));
        return candidate;
    }

    private static void opens(PlabbleSession session, BucketCandidate candidate) {
        Bucket bucket = session.bucket(candidate.id(), candidate.key());
        done(bucket.put(0, "opened"));
        assertThat(slots(bucket.read())).containsExactly(Slot.of(0, "opened"));
    }
}
