package io.plabble.sdk.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.plabble.protocol.BucketId;
import io.plabble.protocol.BucketKey;
import io.plabble.protocol.Permission;
import io.plabble.protocol.Slot;
import io.plabble.protocol.SlotRange;
import io.plabble.protocol.internal.packet.CreateRequest;
import io.plabble.protocol.internal.packet.ReadRequest;
import io.plabble.protocol.internal.packet.UnsubscribeRequest;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Buckets live as many days as their ids say (§8), by the server's clock. */
class LifetimeTest {
    private static final Instant CREATED = Instant.parse("2026-03-01T12:00:00Z");
    private static final Set<Permission> ALL = EnumSet.allOf(Permission.class);

    private final AtomicReference<Instant> now = new AtomicReference<>(CREATED);
    private final PlabbleTestServer server =
            PlabbleTestServer.builder().clock(clock()).start();
    private RawClient client;

    private Clock clock() {
        return new Clock() {
            @Override
            public Instant instant() {
                return now.get();
            }

            @Override
            public ZoneOffset getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }
        };
    }

    @BeforeEach
    void connect() throws IOException {
        client = RawClient.connect(server);
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        server.close();
    }

    @Test
    void aBucketEndsWithItsLastDay() throws IOException {
        BucketId bucket = BucketId.generate(3, ALL);
        BucketKey key = client.create(bucket);
        client.put(bucket, key, Slot.of(0, "x"));
        after(Duration.ofDays(3).minusNanos(1));
        assertThat(client.slots(bucket, key)).hasSize(1);
        assertThat(server.bucket(bucket)).isPresent();
        after(Duration.ofDays(3));
        assertThat(server.bucket(bucket)).isEmpty();
        assertThat(client.code(new ReadRequest(bucket, SlotRange.all(), false), key))
                .isEqualTo(21);
    }

    @Test
    void lifetimeZeroIsForEver() throws IOException {
        BucketId bucket = BucketId.generate(0, ALL);
        BucketKey key = client.create(bucket);
        after(Duration.ofDays(100_000));
        assertThat(client.slots(bucket, key)).isEmpty();
    }

    @Test
    void afterItsEndABucketMayBeCreatedAgainAndIsEmptyAndUnheardOf() throws IOException {
        BucketId bucket = BucketId.generate(1, ALL);
        BucketKey old = client.create(new CreateRequest(bucket, false, Optional.of(SlotRange.all())));
        client.put(bucket, old, Slot.of(0, "x"));
        client.read();
        assertThat(server.subscriptions()).hasSize(1);
        after(Duration.ofDays(1));
        assertThat(server.subscriptions()).isEmpty();

        BucketKey key = client.create(bucket);
        assertThat(server.bucket(bucket)).contains(List.of());
        assertThat(server.subscriptions()).isEmpty();
        client.put(bucket, key, Slot.of(0, "y"));
        assertThat(client.code(new UnsubscribeRequest(bucket), old)).isEqualTo(4);
        after(Duration.ofDays(2).minusNanos(1));
        assertThat(client.slots(bucket, key)).containsExactly(Slot.of(0, "y"));
    }

    @Test
    void aRestartDoesNotProlongALife() throws IOException {
        BucketId bucket = BucketId.generate(3, ALL);
        BucketKey key = client.create(bucket);
        after(Duration.ofDays(2));
        server.close();
        try (PlabbleTestServer restarted = PlabbleTestServer.builder()
                        .clock(clock())
                        .bucketsOf(server)
                        .start();
                RawClient again = RawClient.connect(restarted)) {
            after(Duration.ofDays(3).minusNanos(1));
            assertThat(again.slots(bucket, key)).isEmpty();
            after(Duration.ofDays(3));
            assertThat(again.code(new ReadRequest(bucket, SlotRange.all(), false), key))
                    .isEqualTo(21);
        }
    }

    private void after(Duration duration) {
        now.set(CREATED.plus(duration));
    }
}
