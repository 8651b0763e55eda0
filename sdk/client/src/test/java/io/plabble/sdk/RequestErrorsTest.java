package io.plabble.sdk;

import static io.plabble.protocol.Permission.PRIVATE_APPEND;
import static io.plabble.protocol.Permission.PRIVATE_WRITE;
import static org.assertj.core.api.Assertions.assertThat;

import io.plabble.protocol.BucketId;
import io.plabble.protocol.ErrorCode;
import io.plabble.protocol.PacketType;
import io.plabble.protocol.PlabbleServerException;
import io.plabble.protocol.Reason;
import io.plabble.protocol.Slot;
import io.plabble.sdk.test.Fault;
import io.plabble.sdk.test.FaultPoint;
import io.plabble.sdk.test.PlabbleTestServer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.reactivestreams.Publisher;

/** Every error that a server answers (§9) reaches whoever asked, with all that is known of it; the session goes on. */
class RequestErrorsTest extends SessionFixture {
    /** All that are assigned, two that are reserved, and two that are free. */
    private static final List<Integer> CODES =
            List.of(1, 2, 3, 4, 5, 6, 12, 21, 31, 32, 41, 51, 61, 71, 0, 99, 128, 255);

    @ParameterizedTest
    @MethodSource("io.plabble.sdk.Operation#inBothModes")
    void everyCodeReachesWhoeverAskedAndTheSessionGoesOn(Operation operation, Encryption encryption) {
        PlabbleSession session = connect(encryption);
        Bucket bucket = create(session);
        for (int code : CODES) {
            server.fault(FaultPoint.REQUEST_RECEIVED, Fault.once(Fault.error(code, "no\u001b[31m")));

            fails(operation.of(session, bucket), PlabbleServerException.class, refusal -> {
                assertThat(refusal.reason()).isEqualTo(Reason.ERROR_RESPONSE);
                assertThat(refusal.code()).isEqualTo(code);
                assertThat(refusal.errorCode()).isEqualTo(ErrorCode.of(code));
                assertThat(refusal.serverMessage()).isEqualTo("no\\u{1b}[31m");
                assertThat(refusal.requestWritten()).isTrue();
                BucketId about = refusal.bucketId().orElseThrow();
                assertThat(about.equals(bucket.id())).isNotEqualTo(operation.creates());
                assertThat(refusal)
                        .hasMessageContaining("%s on bucket %s", operation.type(), about)
                        .hasMessageContaining("session with")
                        .hasMessageContaining("ERROR " + code + " (")
                        .hasMessageContaining("no\\u{1b}[31m");
                refusal.errorCode().ifPresent(known -> assertThat(refusal).hasMessageContaining(known.meaning()));
                assertThat(refusal.candidate().isPresent()).isEqualTo(operation.creates());
            });
        }
        done(bucket.put(1, "goes on"));
        assertThat(slots(bucket.read())).containsExactly(Slot.of(1, "goes on"));
        assertThat(server.subscriptions()).isEmpty();
        assertThat(session.isDisposed()).isFalse();
    }

    @ParameterizedTest
    @MethodSource("io.plabble.sdk.Operation#inBothModes")
    void anErrorWithoutMessageIsToldAsOne(Operation operation, Encryption encryption) {
        PlabbleSession session = connect(encryption);
        Bucket bucket = create(session);
        server.fault(FaultPoint.REQUEST_RECEIVED, Fault.once(Fault.error(1, "")));

        fails(operation.of(session, bucket), PlabbleServerException.class, refusal -> {
            assertThat(refusal.serverMessage()).isEmpty();
            assertThat(refusal.getMessage()).endsWith("ERROR 1 (internal server error)");
        });
    }

    @ParameterizedTest
    @EnumSource(names = {"ON", "OFF"})
    void onlyTheRequestThatIsRefusedFails(Encryption encryption) {
        PlabbleSession session = connect(encryption);
        Bucket bucket = create(session);
        server.fault(FaultPoint.REQUEST_RECEIVED, Fault.once(Fault.hold()));
        CompletableFuture<Void> before = bucket.append("before").toFuture();
        CompletableFuture<Void> refused =
                session.bucket(bucket.id()).append("refused").toFuture();
        CompletableFuture<Void> after = bucket.append("after").toFuture();
        eventually(() -> assertThat(server.received(PacketType.APPEND)).isEqualTo(3));

        server.release();

        assertThat(before).succeedsWithin(BOUND);
        assertThat(after).succeedsWithin(BOUND);
        assertThat(refused)
                .failsWithin(BOUND)
                .withThrowableThat()
                .havingRootCause()
                .isInstanceOfSatisfying(
                        PlabbleServerException.class,
                        refusal -> assertThat(refusal.errorCode()).contains(ErrorCode.PERMISSION_DENIED));
        assertThat(slots(bucket.read())).extracting(Slot::text).containsExactly("before", "after");
    }

    @ParameterizedTest
    @EnumSource(names = {"ON", "OFF"})
    void error3WhereTheIdDoesNotAllowIt(Encryption encryption) {
        PlabbleSession session = connect(encryption);
        Bucket readOnly = create(session, BucketSpec.of());
        Bucket appendOnly = create(session, BucketSpec.of(PRIVATE_APPEND));

        for (Publisher<?> request : List.of(
                readOnly.put(0, "no"),
                readOnly.append("no"),
                readOnly.wipe(0),
                readOnly.delete(),
                appendOnly.put(1, "not the next"),
                create(session, BucketSpec.of(PRIVATE_WRITE)).append("to write is not to append"))) {
            refused(request, ErrorCode.PERMISSION_DENIED);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"ON", "OFF"})
    void error5ForContentThatTheServerFindsTooLong(Encryption encryption) {
        restart(PlabbleTestServer.builder().largestContent(3));
        Bucket bucket = create(connect(encryption));

        done(bucket.append("abc"));
        refused(bucket.append("abcd"), ErrorCode.PAYLOAD_TOO_LARGE);
        refused(bucket.put(Slot.of(5, "abc"), Slot.of(6, "abcd")), ErrorCode.PAYLOAD_TOO_LARGE);

        assertThat(slots(bucket.read())).containsExactly(Slot.of(0, "abc"));
    }

    @ParameterizedTest
    @MethodSource("io.plabble.sdk.Operation#onBucketsInBothModes")
    void error21ForABucketThatDoesNotExist(Operation operation, Encryption encryption) {
        PlabbleSession session = connect(encryption);
        Bucket gone = create(session);
        done(gone.delete());

        refused(operation.of(session, gone), ErrorCode.BUCKET_DOES_NOT_EXIST);
        refused(operation.of(session, session.bucket(gone.id())), ErrorCode.BUCKET_DOES_NOT_EXIST);
    }

    @ParameterizedTest
    @EnumSource(names = {"ON", "OFF"})
    void error41ForAnIdThatIsTaken(Encryption encryption) {
        BucketId taken = BucketId.generate(0, ALL_PRIVATE.permissions());
        PlabbleSession session =
                connect(client().encryption(encryption).origins(origins -> origins.withBucketIds(spec -> taken)));
        Bucket bucket = create(session);

        refused(session.createBucket(ALL_PRIVATE), ErrorCode.BUCKET_ALREADY_EXISTS);
        refused(session.createBucket(ALL_PRIVATE.subscribed()), ErrorCode.BUCKET_ALREADY_EXISTS);

        done(bucket.put(0, "the first creator's"));
        assertThat(server.subscriptions()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"ON", "OFF"})
    void error51ForASlotThatIsTaken(Encryption encryption) {
        Bucket bucket = create(connect(encryption), BucketSpec.of(PRIVATE_APPEND));
        done(bucket.append("zero"));

        refused(bucket.put(0, "again"), ErrorCode.SLOT_ALREADY_TAKEN);
        refused(bucket.put(Slot.of(1, "one"), Slot.of(1, "again")), ErrorCode.SLOT_ALREADY_TAKEN);

        assertThat(slots(bucket.read())).containsExactly(Slot.of(0, "zero"));
    }

    @ParameterizedTest
    @EnumSource(names = {"ON", "OFF"})
    void error61OnceTheLastSlotIsFilled(Encryption encryption) {
        Bucket bucket = create(connect(encryption));
        done(bucket.put(65_534, "one left"));
        refused(bucket.append("last", "one too many"), ErrorCode.BUCKET_FULL);
        done(bucket.append("last"));

        refused(bucket.append("one too many"), ErrorCode.BUCKET_FULL);

        assertThat(slots(bucket.read())).containsExactly(Slot.of(65_534, "one left"), Slot.of(65_535, "last"));
    }

    @ParameterizedTest
    @EnumSource(names = {"ON", "OFF"})
    void error71ForABucketThatMayNotBeDeleted(Encryption encryption) {
        Bucket bucket = create(connect(encryption), BucketSpec.of(PRIVATE_WRITE));
        done(bucket.put(0, "stays"));

        refused(bucket.delete(), ErrorCode.BUCKET_MAY_NOT_BE_DELETED);

        assertThat(slots(bucket.read())).containsExactly(Slot.of(0, "stays"));
    }

    private static void refused(Publisher<?> request, ErrorCode code) {
        fails(request, PlabbleServerException.class, refusal -> {
            assertThat(refusal.errorCode()).contains(code);
            assertThat(refusal.requestWritten()).isTrue();
        });
    }
}
