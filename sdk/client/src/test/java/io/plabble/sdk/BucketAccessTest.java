package io.plabble.sdk;

import static io.plabble.protocol.Permission.DELETABLE;
import static io.plabble.protocol.Permission.PRIVATE_WRITE;
import static io.plabble.protocol.Permission.PUBLIC_APPEND;
import static io.plabble.protocol.Permission.PUBLIC_READ;
import static io.plabble.protocol.Permission.PUBLIC_WRITE;
import static org.assertj.core.api.Assertions.assertThat;

import io.plabble.protocol.BucketId;
import io.plabble.protocol.BucketKey;
import io.plabble.protocol.ErrorCode;
import io.plabble.protocol.PacketType;
import io.plabble.protocol.PlabbleServerException;
import io.plabble.protocol.Slot;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.reactivestreams.Publisher;
import reactor.test.StepVerifier;

/** A bucket is opened by its id and key from any session (§8); without the key, with what everybody may do. */
class BucketAccessTest extends SessionFixture {
    @ParameterizedTest
    @EnumSource(names = {"ON", "OFF"})
    void idAndKeyThatWereStoredAsBytesOpenTheBucketInAnotherSession(Encryption encryption) {
        Bucket created = create(connect(encryption));
        byte[] id = created.id().bytes();
        byte[] key = created.key().orElseThrow().copy();

        opens(connect(encryption).bucket(BucketId.of(id), BucketKey.of(key)), created);
    }

    @ParameterizedTest
    @EnumSource(names = {"ON", "OFF"})
    void idAndKeyThatWereStoredAsTextOpenTheBucketInAnotherSession(Encryption encryption) {
        Bucket created = create(connect(encryption));
        String id = created.id().toString();
        String key = created.key().orElseThrow().hex();

        opens(connect(encryption).bucket(BucketId.ofHex(id), BucketKey.ofHex(key)), created);
    }

    @ParameterizedTest
    @EnumSource(names = {"ON", "OFF"})
    void theKeyOutlivesTheSessionThatCreatedTheBucket(Encryption encryption) {
        PlabbleSession first = connect(encryption);
        Bucket created = create(first);
        done(created.put(0, "kept"));
        first.close().block(BOUND);

        Bucket opened = connect(encryption).bucket(created.id(), created.key().orElseThrow());

        assertThat(slots(opened.read())).containsExactly(Slot.of(0, "kept"));
    }

    @ParameterizedTest
    @EnumSource(names = {"ON", "OFF"})
    void aBucketIsOpenedInTheOtherWayOfProtectionToo(Encryption encryption) {
        Bucket created = create(connect(encryption));

        opens(
                connect(encryption == Encryption.ON ? Encryption.OFF : Encryption.ON)
                        .bucket(created.id(), created.key().orElseThrow()),
                created);
    }

    @ParameterizedTest
    @EnumSource(names = {"ON", "OFF"})
    void toHoldABucketSendsNothing(Encryption encryption) {
        PlabbleSession session = connect(encryption);
        int remaining = session.remainingRequests();

        Bucket unknown = session.bucket(BucketId.generate(0, ALL_PRIVATE.permissions()));

        assertThat(unknown.key()).isEmpty();
        assertThat(session.remainingRequests()).isEqualTo(remaining);
        refused(unknown.read(), ErrorCode.BUCKET_DOES_NOT_EXIST);
    }

    @ParameterizedTest
    @EnumSource(names = {"ON", "OFF"})
    void withoutTheKeyAPrivateBucketGivesNothingAndTakesNothing(Encryption encryption) {
        PlabbleSession session = connect(encryption);
        Bucket own = create(session);
        done(own.put(0, "private"));

        Bucket keyless = session.bucket(own.id());

        refused(keyless.read(), ErrorCode.PERMISSION_DENIED);
        refused(keyless.put(0, "mine"), ErrorCode.PERMISSION_DENIED);
        refused(keyless.append("mine"), ErrorCode.PERMISSION_DENIED);
        refused(keyless.wipe(0), ErrorCode.PERMISSION_DENIED);
        refused(keyless.delete(), ErrorCode.PERMISSION_DENIED);
        refused(keyless.updates(), ErrorCode.PERMISSION_DENIED);
        refused(keyless.readAndFollow(), ErrorCode.PERMISSION_DENIED);
        assertThat(slots(own.read())).containsExactly(Slot.of(0, "private"));
    }

    @ParameterizedTest
    @EnumSource(names = {"ON", "OFF"})
    void withAnotherBucketsKeyNothingIsAuthentic(Encryption encryption) {
        PlabbleSession session = connect(encryption);
        Bucket own = create(session, BucketSpec.of(PUBLIC_READ));

        Bucket mistaken = session.bucket(own.id(), create(session).key().orElseThrow());

        refused(mistaken.read(), ErrorCode.AUTHENTICATION_FAILED);
        refused(mistaken.put(0, "mine"), ErrorCode.AUTHENTICATION_FAILED);
        assertThat(slots(own.read())).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"ON", "OFF"})
    void whatEverybodyMayDoNeedsNoKey(Encryption encryption) {
        Bucket own = create(connect(encryption), BucketSpec.of(PUBLIC_READ, PUBLIC_WRITE, PUBLIC_APPEND, DELETABLE));

        Bucket keyless = connect(encryption).bucket(own.id());

        done(keyless.put(0, "put"));
        done(keyless.append("appended", "too"));
        done(keyless.wipe(1));
        assertThat(slots(keyless.read())).isEqualTo(slots(own.read())).hasSize(2);
        StepVerifier.create(keyless.readAndFollow().take(2))
                .expectNextCount(2)
                .expectComplete()
                .verify(BOUND);
        done(keyless.delete());
        assertThat(server.bucket(own.id())).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"ON", "OFF"})
    void everybodyMayReadWhatOnlyTheOwnerMayChange(Encryption encryption) {
        PlabbleSession session = connect(encryption);
        Bucket own = create(session, BucketSpec.of(PUBLIC_READ, PRIVATE_WRITE));
        done(own.put(2, "news"));

        Bucket keyless = session.bucket(own.id());

        assertThat(slots(keyless.read())).containsExactly(Slot.of(2, "news"));
        refused(keyless.put(2, "mine"), ErrorCode.PERMISSION_DENIED);
        assertThat(server.received(PacketType.PUT)).isEqualTo(2);
    }

    private static void opens(Bucket opened, Bucket created) {
        assertThat(opened.id()).isEqualTo(created.id());
        assertThat(opened.key()).isEqualTo(created.key());
        done(opened.put(5, "by the other session"));
        assertThat(slots(created.read())).containsExactly(Slot.of(5, "by the other session"));
    }

    private static void refused(Publisher<?> request, ErrorCode code) {
        fails(
                request,
                PlabbleServerException.class,
                refusal -> assertThat(refusal.errorCode()).contains(code));
    }
}
