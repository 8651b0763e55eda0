package io.plabble.sdk.test;

import static io.plabble.sdk.test.FaultPoint.ANSWER;
import static io.plabble.sdk.test.FaultPoint.REQUEST_RECEIVED;
import static io.plabble.sdk.test.FaultPoint.UPDATE;
import static io.plabble.sdk.test.RawClient.DONE;
import static io.plabble.sdk.test.RawClient.error;
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
import io.plabble.protocol.internal.packet.BucketResponse;
import io.plabble.protocol.internal.packet.CreateRequest;
import io.plabble.protocol.internal.packet.SlotsResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What is held waits, in order, until it is released. */
@ParameterizedClass
@EnumSource(
        value = TestTransport.class,
        names = {"TCP", "SECURE_WEB_SOCKET"}) // a stream, and all layers at once
class HoldTest {
    private final BucketId bucket = id(Permission.values());
    private final PlabbleTestServer server;
    private RawClient client;
    private RawClient other;
    private BucketKey key;

    HoldTest(TestTransport transport) {
        this.server = transport.start();
    }

    /** The client is subscribed with counter 0. */
    @BeforeEach
    void create() throws IOException {
        client = RawClient.connect(server);
        other = RawClient.connect(server);
        key = client.create(new CreateRequest(bucket, false, Optional.of(SlotRange.all())));
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        other.close();
        Packets.await(() -> server.openConnections() == 0);
        server.close();
    }

    static List<Consumer<PlabbleTestServer>> waysToGoOn() {
        return List.of(PlabbleTestServer::release, PlabbleTestServer::clearFaults);
    }

    @ParameterizedTest
    @MethodSource("waysToGoOn")
    void heldRequestsAreReceivedButNotCarriedOut(Consumer<PlabbleTestServer> goOn) throws IOException {
        server.fault(REQUEST_RECEIVED, Fault.hold());
        client.send(putting(bucket, Slot.of(0, "a")), key);
        client.send(putting(bucket, Slot.of(0, "b")), key);
        received(PacketType.PUT, 2);
        assertThat(server.bucket(bucket)).contains(List.of());

        goOn.accept(server);
        expect(
                new Acknowledgement(PacketType.PUT, 1),
                update("a"),
                new Acknowledgement(PacketType.PUT, 2),
                update("b"));
        assertThat(client.code(putting(bucket), key)).isEqualTo(DONE);
    }

    @Test
    void requestsQueueUpBehindOneThatIsHeldOnceButThoseOfOthersDoNot() throws IOException {
        server.fault(REQUEST_RECEIVED, Fault.once(Fault.hold()));
        client.send(putting(bucket, Slot.of(0, "held")), key);
        client.send(putting(bucket, Slot.of(0, "behind")), key);
        received(PacketType.PUT, 2);
        assertThat(other.code(putting(bucket, Slot.of(0, "other")), null)).isEqualTo(DONE);
        expect(update("other"));
        assertThat(server.bucket(bucket)).contains(List.of(Slot.of(0, "other")));

        server.release();
        expect(
                new Acknowledgement(PacketType.PUT, 1),
                update("held"),
                new Acknowledgement(PacketType.PUT, 2),
                update("behind"));
    }

    @Test
    void aRequestThatWaitedBehindAHeldOneMeetsTheFaultOfItsOwnTime() throws IOException {
        server.fault(REQUEST_RECEIVED, Fault.hold());
        client.send(putting(bucket, Slot.of(0, "held")), key);
        client.send(putting(bucket, Slot.of(0, "behind")), key);
        received(PacketType.PUT, 2);
        server.fault(REQUEST_RECEIVED, Fault.error(200, ""));
        server.release();
        expect(new Acknowledgement(PacketType.PUT, 1), update("held"), error(2, 200));
    }

    @Test
    void whatIsHeldAgainBehindAReleasedRequestWaitsForTheNextRelease() throws IOException {
        server.fault(REQUEST_RECEIVED, Fault.once(Fault.hold()));
        client.send(putting(bucket, Slot.of(0, "first")), key);
        received(PacketType.PUT, 1);
        server.fault(ANSWER, Fault.once(Fault.hold()));
        server.fault(REQUEST_RECEIVED, Fault.hold());
        client.send(putting(bucket, Slot.of(0, "second")), key);
        received(PacketType.PUT, 2);

        server.release(); // takes all three back
        expect(
                new Acknowledgement(PacketType.PUT, 1),
                update("first"),
                new Acknowledgement(PacketType.PUT, 2),
                update("second"));
    }

    @Test
    void whatComesAfterAHeldAnswerWaitsBehindIt() throws IOException {
        server.fault(ANSWER, Fault.once(Fault.hold()));
        client.send(putting(bucket, Slot.of(0, "own")), key);
        stored("own");
        assertThat(other.code(putting(bucket, Slot.of(0, "other")), null)).isEqualTo(DONE);
        client.send(putting(bucket), key);
        received(PacketType.PUT, 3);
        assertThat(other.code(putting(bucket), null)).isEqualTo(DONE);
        assertThat(client.socket().hasNothingToRead()).isTrue();

        server.release();
        expect(
                new Acknowledgement(PacketType.PUT, 1),
                update("own"),
                update("other"),
                new Acknowledgement(PacketType.PUT, 2));
    }

    @Test
    void heldUpdatesLetAnswersThroughThatCameBeforeThem() throws IOException {
        server.fault(UPDATE, Fault.hold());
        client.send(putting(bucket, Slot.of(0, "one")), key);
        expect(new Acknowledgement(PacketType.PUT, 1));
        client.send(putting(bucket, Slot.of(0, "two")), key);
        stored("two");
        assertThat(other.code(putting(bucket), null)).isEqualTo(DONE);
        assertThat(client.socket().hasNothingToRead()).isTrue();

        server.release();
        expect(update("one"), new Acknowledgement(PacketType.PUT, 2), update("two"));
    }

    @Test
    void whatWaitedTakesItsCounterWhenItIsSent() throws IOException {
        server.fault(UPDATE, Fault.once(Fault.hold()));
        client.send(putting(bucket, Slot.of(0, "one"), Slot.of(0, "two"), Slot.of(0, "three")), key);
        expect(new Acknowledgement(PacketType.PUT, 1));
        assertThat(other.code(putting(bucket), null)).isEqualTo(DONE); // all three are waiting now
        server.fault(UPDATE, Fault.once(Fault.silence()));
        server.release();
        expect(update("one"), update("three"));
    }

    @Test
    void releaseTakesBackHoldsAndLeavesOtherFaults() throws IOException {
        server.fault(REQUEST_RECEIVED, Fault.hold());
        server.fault(ANSWER, Fault.error(200, ""));
        client.send(putting(bucket), key);
        received(PacketType.PUT, 1);
        server.release();
        expect(error(1, 200));
        assertThat(client.code(putting(bucket), key)).isEqualTo(200);
        server.clearFaults();
        assertThat(client.code(putting(bucket), key)).isEqualTo(DONE);
    }

    @Test
    void aConnectionThatEndsWhileItsRequestIsHeldHasNotAskedForAnything() throws IOException {
        server.fault(REQUEST_RECEIVED, Fault.hold());
        client.send(putting(bucket, Slot.of(0, "too late")), key);
        received(PacketType.PUT, 1);
        client.close();
        Packets.await(() -> server.openConnections() == 1);
        server.release();
        assertThat(other.code(putting(bucket), null)).isEqualTo(DONE);
        assertThat(server.bucket(bucket)).contains(List.of());
    }

    @Test
    void aHeldAnswerOfAClosedConnectionIsForgotten() throws IOException {
        server.fault(ANSWER, Fault.once(Fault.hold()));
        client.send(putting(bucket, Slot.of(0, "done")), key);
        stored("done");
        server.closeConnections();
        client.socket().expectEnd();
        server.release();
    }

    @Test
    void releasingNothingDoesNothing() throws IOException {
        server.release();
        assertThat(client.code(putting(bucket), key)).isEqualTo(DONE);
    }

    private SlotsResponse update(String text) {
        return new SlotsResponse(0, List.of(Slot.of(0, text)));
    }

    private void expect(BucketResponse... responses) throws IOException {
        for (BucketResponse response : responses) {
            assertThat(client.read()).isEqualTo(response);
        }
    }

    private void received(PacketType type, int times) {
        Packets.await(() -> server.received(type) == times);
    }

    private void stored(String text) {
        Packets.await(() -> server.bucket(bucket).orElseThrow().equals(List.of(Slot.of(0, text))));
    }
}
