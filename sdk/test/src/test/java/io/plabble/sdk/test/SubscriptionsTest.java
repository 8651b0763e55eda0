package io.plabble.sdk.test;

import static io.plabble.sdk.test.RawClient.DONE;
import static io.plabble.sdk.test.RawClient.appending;
import static io.plabble.sdk.test.RawClient.id;
import static io.plabble.sdk.test.RawClient.putting;
import static org.assertj.core.api.Assertions.assertThat;

import io.plabble.protocol.BucketId;
import io.plabble.protocol.BucketKey;
import io.plabble.protocol.PacketType;
import io.plabble.protocol.Permission;
import io.plabble.protocol.Slot;
import io.plabble.protocol.SlotRange;
import io.plabble.protocol.internal.packet.Acknowledgement;
import io.plabble.protocol.internal.packet.CreateRequest;
import io.plabble.protocol.internal.packet.DeleteRequest;
import io.plabble.protocol.internal.packet.ReadRequest;
import io.plabble.protocol.internal.packet.SlotsResponse;
import io.plabble.protocol.internal.packet.SubscribeRequest;
import io.plabble.protocol.internal.packet.UnsubscribeRequest;
import io.plabble.protocol.internal.packet.WipeRequest;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Who hears of which change, with which Counter, and in which order (§8). */
@ParameterizedClass
@EnumSource(
        value = TestTransport.class,
        names = {"TCP", "SECURE_WEB_SOCKET"}) // a stream, and all layers at once
class SubscriptionsTest {
    private static final byte[] NOTHING = {};

    private final BucketId bucket = id(Permission.values());
    private final TestTransport transport;
    private PlabbleTestServer server;
    private RawClient client;
    private RawClient other;

    SubscriptionsTest(TestTransport transport) {
        this.transport = transport;
        this.server = transport.start();
    }

    @BeforeEach
    void connect() throws IOException {
        client = RawClient.connect(server);
        other = RawClient.connect(server, false);
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        other.close();
        server.close();
    }

    @Test
    void theAnswerComesBeforeTheUpdatesOfOnesOwnChanges() throws IOException {
        BucketKey key = client.create(new CreateRequest(bucket, false, Optional.of(SlotRange.from(2))));
        assertThat(client.ask(putting(bucket, Slot.of(3, "c"), Slot.of(1, "a"), Slot.of(2, "b")), key))
                .isEqualTo(new Acknowledgement(PacketType.PUT, 1));
        assertThat(client.read()).isEqualTo(update(0, Slot.of(3, "c")));
        assertThat(client.read()).isEqualTo(update(0, Slot.of(2, "b")));
        assertThat(client.ask(appending(bucket, "d"), key)).isEqualTo(new Acknowledgement(PacketType.APPEND, 2));
        assertThat(client.read()).isEqualTo(update(0, Slot.of(4, "d")));
        nothingMoreCameTo(client);
    }

    @Test
    void subscribersOfEverySessionHearOfAChangeInTheirRanges() throws IOException {
        BucketKey key = client.create(bucket);
        client.send(new SubscribeRequest(bucket, SlotRange.of(0, 1)), key);
        client.read();
        assertThat(other.ask(new ReadRequest(bucket, SlotRange.slot(1), true), null))
                .isEqualTo(new SlotsResponse(0, List.of()));
        assertThat(server.subscriptions())
                .containsExactlyInAnyOrder(
                        new ServerSubscription(bucket, SlotRange.of(0, 1)),
                        new ServerSubscription(bucket, SlotRange.slot(1)));

        assertThat(other.ask(putting(bucket, Slot.of(0, "a"), Slot.of(1, "b"), Slot.of(2, "c")), null))
                .isEqualTo(new Acknowledgement(PacketType.PUT, 1));
        assertThat(other.read()).isEqualTo(update(0, Slot.of(1, "b")));
        assertThat(client.read()).isEqualTo(update(1, Slot.of(0, "a")));
        assertThat(client.read()).isEqualTo(update(1, Slot.of(1, "b")));
        nothingMoreCameTo(client);
        nothingMoreCameTo(other);
    }

    @Test
    void wipedSlotsThatHeldDataArriveEmptyInIndexOrder() throws IOException {
        BucketKey key = client.create(bucket);
        client.put(bucket, key, Slot.of(9, "x"), Slot.of(4, ""), Slot.of(6, "y"), Slot.of(12, "z"));
        client.ask(new SubscribeRequest(bucket, SlotRange.of(4, 11)), key);
        assertThat(client.ask(new WipeRequest(bucket, SlotRange.from(5)), key))
                .isEqualTo(new Acknowledgement(PacketType.WIPE, 3));
        assertThat(client.read()).isEqualTo(update(2, Slot.of(6, NOTHING)));
        assertThat(client.read()).isEqualTo(update(2, Slot.of(9, NOTHING)));
        assertThat(client.code(new WipeRequest(bucket, SlotRange.from(5)), key)).isEqualTo(DONE);
        nothingMoreCameTo(client);
    }

    @Test
    void aDeletedBucketSendsItsWipesAndEndsItsSubscriptionsEverywhere() throws IOException {
        BucketKey key = client.create(bucket);
        client.put(bucket, key, Slot.of(9, "x"), Slot.of(4, "y"));
        client.ask(new SubscribeRequest(bucket, SlotRange.all()), key);
        other.ask(new SubscribeRequest(bucket, SlotRange.from(5)), null);
        assertThat(other.ask(new DeleteRequest(bucket), null)).isEqualTo(new Acknowledgement(PacketType.WIPE, 1));
        assertThat(server.subscriptions()).isEmpty();
        assertThat(other.read()).isEqualTo(update(0, Slot.of(9, NOTHING)));
        assertThat(client.read()).isEqualTo(update(2, Slot.of(4, NOTHING)));
        assertThat(client.read()).isEqualTo(update(2, Slot.of(9, NOTHING)));

        BucketKey again = other.create(bucket);
        other.put(bucket, again, Slot.of(4, "new"));
        nothingMoreCameTo(client);
        nothingMoreCameTo(other);
    }

    @Test
    void aNewSubscriptionReplacesTheRangeAndTheCounterOfTheOld() throws IOException {
        BucketKey key = client.create(new CreateRequest(bucket, false, Optional.of(SlotRange.all())));
        client.ask(new SubscribeRequest(bucket, SlotRange.slot(5)), key);
        assertThat(server.subscriptions()).containsExactly(new ServerSubscription(bucket, SlotRange.slot(5)));
        client.put(bucket, key, Slot.of(4, "out"), Slot.of(5, "in"));
        assertThat(client.read()).isEqualTo(update(1, Slot.of(5, "in")));
        assertThat(client.ask(new ReadRequest(bucket, SlotRange.slot(4), true), key))
                .isEqualTo(new SlotsResponse(3, List.of(Slot.of(4, "out"))));
        client.put(bucket, key, Slot.of(4, "in"), Slot.of(5, "out"));
        assertThat(client.read()).isEqualTo(update(3, Slot.of(4, "in")));
        nothingMoreCameTo(client);
    }

    @Test
    void oneConnectionMaySubscribeToManyBuckets() throws IOException {
        BucketId second = id(Permission.values());
        BucketKey key = client.create(new CreateRequest(bucket, false, Optional.of(SlotRange.all())));
        BucketKey keyOfSecond = client.create(new CreateRequest(second, false, Optional.of(SlotRange.all())));
        client.put(second, keyOfSecond, Slot.of(0, "second"));
        assertThat(client.read()).isEqualTo(update(1, Slot.of(0, "second")));
        client.put(bucket, key, Slot.of(0, "first"));
        assertThat(client.read()).isEqualTo(update(0, Slot.of(0, "first")));
    }

    @Test
    void unsubscribeEndsTheSubscriptionAndSucceedsWithoutOne() throws IOException {
        BucketKey key = client.create(new CreateRequest(bucket, false, Optional.of(SlotRange.all())));
        assertThat(client.ask(new UnsubscribeRequest(bucket), key))
                .isEqualTo(new Acknowledgement(PacketType.UNSUBSCRIBE, 1));
        assertThat(server.subscriptions()).isEmpty();
        assertThat(client.code(new UnsubscribeRequest(bucket), null)).isEqualTo(DONE);
        client.put(bucket, key, Slot.of(0, "unheard"));
        nothingMoreCameTo(client);
    }

    @Test
    void aRefusedRequestChangesNoSubscriptionAndSendsNothing() throws IOException {
        BucketId readOnly = id(Permission.PRIVATE_APPEND);
        BucketKey key = client.create(new CreateRequest(readOnly, false, Optional.of(SlotRange.all())));
        assertThat(client.code(new SubscribeRequest(readOnly, SlotRange.slot(1)), null))
                .isEqualTo(3);
        assertThat(client.code(putting(readOnly, Slot.of(0, "a"), Slot.of(2, "b")), key))
                .isEqualTo(3);
        assertThat(server.subscriptions()).containsExactly(new ServerSubscription(readOnly, SlotRange.all()));
        nothingMoreCameTo(client);
    }

    @Test
    void aConnectionThatEndsTakesItsSubscriptionsAlong() throws IOException {
        BucketKey key = client.create(bucket);
        other.ask(new SubscribeRequest(bucket, SlotRange.all()), null);
        assertThat(server.subscriptions()).hasSize(1);
        other.close();
        Packets.await(() -> server.subscriptions().isEmpty());
        client.put(bucket, key, Slot.of(0, "unheard"));
    }

    @Test
    void oneUpdateCarriesAllThatARequestHasChangedIfAskedTo() throws IOException {
        stop();
        server = transport.builder().updatesOfSeveralSlots().start();
        connect();
        BucketKey key = client.create(new CreateRequest(bucket, false, Optional.of(SlotRange.from(1))));
        client.put(bucket, key, Slot.of(3, "c"), Slot.of(0, "a"), Slot.of(1, "b"));
        assertThat(client.read()).isEqualTo(update(0, Slot.of(3, "c"), Slot.of(1, "b")));
        client.put(bucket, key, Slot.of(0, "out"));
        client.put(bucket, key);
        client.ask(new DeleteRequest(bucket), key);
        assertThat(client.read()).isEqualTo(update(0, Slot.of(1, NOTHING), Slot.of(3, NOTHING)));
        nothingMoreCameTo(client);
    }

    private static SlotsResponse update(int requestCounter, Slot... slots) {
        return new SlotsResponse(requestCounter, Arrays.asList(slots));
    }

    /** What comes next is the answer to what was asked last. */
    private void nothingMoreCameTo(RawClient reader) throws IOException {
        BucketId probe = id();
        int counter = reader.send(new UnsubscribeRequest(probe), null);
        assertThat(reader.read()).isEqualTo(RawClient.error(counter, 21));
    }
}
