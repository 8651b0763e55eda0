package io.plabble.sdk;

import static io.plabble.protocol.Permission.DELETABLE;
import static io.plabble.protocol.Permission.PRIVATE_APPEND;
import static io.plabble.protocol.Permission.PRIVATE_WRITE;
import static io.plabble.protocol.Permission.PUBLIC_APPEND;
import static io.plabble.protocol.Permission.PUBLIC_READ;
import static io.plabble.protocol.Permission.PUBLIC_WRITE;
import static org.assertj.core.api.Assertions.assertThat;

import io.plabble.protocol.ErrorCode;
import io.plabble.protocol.PacketType;
import io.plabble.protocol.Permission;
import io.plabble.protocol.PlabbleServerException;
import io.plabble.protocol.Slot;
import io.plabble.protocol.SlotRange;
import io.plabble.sdk.test.PlabbleTestServer;
import io.plabble.sdk.test.ServerSubscription;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** CREATE (§8): what a bucket is to be like is told in words, and ends up in its id. */
class CreateBucketTest extends SessionFixture {
    @ParameterizedTest
    @EnumSource(names = {"ON", "OFF"})
    void aNewBucketIsEmptyAndHasAnIdAndAKey(Encryption encryption) {
        Bucket bucket = create(connect(encryption));

        assertThat(bucket.key()).isPresent();
        assertThat(server.bucket(bucket.id())).contains(List.of());
        assertThat(slots(bucket.read())).isEmpty();
        assertThat(server.received(PacketType.CREATE)).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(Permission.class)
    void thePermissionsThatAreNamedAreThoseOfTheId(Permission permission) {
        PlabbleSession session = connect(client());

        assertThat(create(session, BucketSpec.of(permission)).id().permissions())
                .containsExactly(permission);
        assertThat(create(session, BucketSpec.of(permission, DELETABLE)).id().permissions())
                .containsExactlyInAnyOrderElementsOf(EnumSet.of(permission, DELETABLE));
    }

    @Test
    void noneOfThePermissionsAndAllOfThemAreAllowed() {
        PlabbleSession session = connect(client());

        assertThat(create(session, BucketSpec.of()).id().permissions()).isEmpty();
        BucketSpec everything = BucketSpec.of(
                PUBLIC_READ, PUBLIC_WRITE, PUBLIC_APPEND, PRIVATE_WRITE, PRIVATE_APPEND, DELETABLE, DELETABLE);
        assertThat(create(session, everything).id().permissions()).containsExactly(Permission.values());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 255})
    void theLifetimeIsThatOfTheId(int days) {
        assertThat(create(connect(client()), ALL_PRIVATE.lifetimeDays(days))
                        .id()
                        .lifetimeDays())
                .isEqualTo(days);
    }

    @Test
    void aBucketWhoseLifetimeIsOverIsGone() {
        SettableClock clock = new SettableClock();
        restart(PlabbleTestServer.builder().clock(clock));
        PlabbleSession session = connect(client());
        Bucket aDay = create(session, ALL_PRIVATE.lifetimeDays(1));
        Bucket forEver = create(session);
        done(aDay.put(0, "today"));

        clock.advance(Duration.ofDays(1));

        fails(
                aDay.read(),
                PlabbleServerException.class,
                gone -> assertThat(gone.errorCode()).contains(ErrorCode.BUCKET_DOES_NOT_EXIST));
        assertThat(slots(forEver.read())).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"ON", "OFF"})
    void aRamBucketWorksAsAnyOther(Encryption encryption) {
        Bucket bucket = create(connect(encryption), ALL_PRIVATE.inMemory());

        done(bucket.put(3, "kept as long as the server runs"));

        assertThat(slots(bucket.read())).containsExactly(Slot.of(3, "kept as long as the server runs"));
    }

    @Test
    void aRamBucketIsAskedForWithFlag7AndASubscribedOneWithFlag6() {
        List<Byte> typesAndFlags = new CopyOnWriteArrayList<>();
        PlabbleSession session = connect(client().encryption(Encryption.OFF).doOnPacket(packet -> {
            if (packet.isSent()) {
                typesAndFlags.add(packet.bytes()[0]);
            }
        }));

        create(session);
        create(session, ALL_PRIVATE.inMemory());
        create(session, ALL_PRIVATE.subscribed());
        create(session, ALL_PRIVATE.subscribed().inMemory().lifetimeDays(3));

        assertThat(typesAndFlags).containsExactly((byte) 0x40, (byte) 0x11, (byte) 0x51, (byte) 0x31, (byte) 0x71);
    }

    @ParameterizedTest
    @EnumSource(names = {"ON", "OFF"})
    void aSubscribedBucketIsSubscribedToFromTheBeginning(Encryption encryption) {
        Bucket bucket = create(connect(encryption), ALL_PRIVATE.subscribed());

        assertThat(server.subscriptions()).containsExactly(new ServerSubscription(bucket.id(), SlotRange.all()));
        done(bucket.append("before anybody listened"));
        StepVerifier.create(bucket.updates().take(1))
                .expectNext(new SlotUpdate(Slot.of(0, "before anybody listened"), SlotUpdate.Kind.CHANGED))
                .expectComplete()
                .verify(BOUND);
        assertThat(server.received(PacketType.SUBSCRIBE)).isZero();
    }

    @ParameterizedTest
    @EnumSource(names = {"ON", "OFF"})
    void someOfTheSlotsCanBeSubscribedTo(Encryption encryption) {
        PlabbleSession session = connect(encryption);
        for (SlotRange range : List.of(SlotRange.of(2, 4), SlotRange.from(7), SlotRange.slot(65_535))) {
            Bucket bucket = create(session, ALL_PRIVATE.subscribed(range));
            assertThat(server.subscriptions()).contains(new ServerSubscription(bucket.id(), range));
        }
    }

    @Test
    void eachSubscriptionCreatesABucketOfItsOwn() {
        PlabbleSession session = connect(client());
        Mono<Bucket> create = session.createBucket(ALL_PRIVATE);
        assertThat(server.received(PacketType.CREATE)).isZero();

        Bucket one = create.block(BOUND);
        Bucket other = create.block(BOUND);

        assertThat(one.id()).isNotEqualTo(other.id());
        assertThat(one.key()).isNotEqualTo(other.key());
        assertThat(server.received(PacketType.CREATE)).isEqualTo(2);
    }

    @Test
    void aBucketShowsItsIdAndNotItsKey() {
        Bucket bucket = create(connect(client()));

        assertThat(bucket.toString())
                .contains(bucket.id().toString())
                .doesNotContain(bucket.key().orElseThrow().hex());
    }

    private static final class SettableClock extends Clock {
        private volatile Instant now = Instant.parse("2026-03-01T12:00:00Z");

        void advance(Duration by) {
            now = now.plus(by);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
