package io.plabble.sdk.test;

import static io.plabble.sdk.test.FaultPoint.ANSWER;
import static io.plabble.sdk.test.FaultPoint.ANSWER_SENT;
import static io.plabble.sdk.test.FaultPoint.REQUEST_RECEIVED;
import static io.plabble.sdk.test.FaultPoint.UPDATE;
import static io.plabble.sdk.test.RawClient.DONE;
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
import io.plabble.protocol.internal.packet.ErrorResponse;
import io.plabble.protocol.internal.packet.SlotsResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each fault at each point after CONNECT, except those that wait: see {@link HoldTest}. */
@ParameterizedClass
@EnumSource(TestTransport.class)
class PacketFaultsTest {
    private static final Slot SLOT = Slot.of(0, "content");
    private static final Acknowledgement PUT_IS_DONE = new Acknowledgement(PacketType.PUT, 1);

    private final BucketId bucket = id(Permission.values());
    private final TestTransport transport;
    private final PlabbleTestServer server;
    private RawClient client;
    private BucketKey key;

    PacketFaultsTest(TestTransport transport) {
        this.transport = transport;
        this.server = transport.start();
    }

    /** Subscribed with counter 0. */
    @BeforeEach
    void create() throws IOException {
        client = RawClient.connect(server);
        key = client.create(new CreateRequest(bucket, false, Optional.of(SlotRange.all())));
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        Packets.await(() -> server.openConnections() == 0);
        server.close();
    }

    @ParameterizedTest
    @EnumSource(
            value = FaultPoint.class,
            names = {"REQUEST_RECEIVED", "ANSWER", "ANSWER_SENT", "UPDATE"})
    void closeClosesAtItsPoint(FaultPoint point) throws IOException {
        server.fault(point, Fault.close());
        put();
        readUpTo(point);
        client.socket().expectEnd();
        assertThat(isStored()).isEqualTo(point != REQUEST_RECEIVED);
    }

    @ParameterizedTest
    @EnumSource(
            value = FaultPoint.class,
            names = {"REQUEST_RECEIVED", "ANSWER"})
    void resetResetsAtItsPoint(FaultPoint point) throws IOException {
        server.fault(point, Fault.reset());
        put();
        client.socket().expectReset();
        assertThat(isStored()).isEqualTo(point != REQUEST_RECEIVED);
    }

    /** What was written before a reset may or may not arrive. */
    @ParameterizedTest
    @EnumSource(
            value = FaultPoint.class,
            names = {"ANSWER_SENT", "UPDATE"})
    void resetAfterAnAnswerEndsTheConnection(FaultPoint point) throws IOException {
        server.fault(point, Fault.reset());
        put();
        Packets.await(() -> server.openConnections() == 0);
        assertThat(isStored()).isTrue();
    }

    @Test
    void aSilentRequestIsNeitherCarriedOutNorAnsweredAndTheNextIs() throws IOException {
        server.fault(REQUEST_RECEIVED, Fault.once(Fault.silence()));
        put();
        assertThat(client.ask(putting(bucket), key)).isEqualTo(new Acknowledgement(PacketType.PUT, 2));
        assertThat(isStored()).isFalse();
        assertThat(server.received(PacketType.PUT)).isEqualTo(2);
    }

    @Test
    void aSilentAnswerIsLeftOutAndUsesNoCounter() throws IOException {
        server.fault(ANSWER, Fault.silence());
        put();
        assertThat(client.read()).isEqualTo(new SlotsResponse(0, List.of(SLOT)));
        assertThat(isStored()).isTrue();
    }

    @Test
    void aSilentUpdateIsLeftOutAndUsesNoCounter() throws IOException {
        server.fault(UPDATE, Fault.once(Fault.silence()));
        client.send(putting(bucket, SLOT, Slot.of(1, "told")), key);
        assertThat(client.read()).isEqualTo(PUT_IS_DONE);
        assertThat(client.read()).isEqualTo(new SlotsResponse(0, List.of(Slot.of(1, "told"))));
    }

    @Test
    void afterAnAnswerSilenceIsForEver() throws IOException {
        server.fault(ANSWER_SENT, Fault.once(Fault.silence()));
        put();
        assertThat(client.read()).isEqualTo(PUT_IS_DONE);
        client.send(putting(bucket, Slot.of(1, "carried out")), key);
        Packets.await(() -> server.bucket(bucket).orElseThrow().size() == 2);
        assertThat(client.socket().hasNothingToRead()).isTrue();
        assertThat(server.openConnections()).isEqualTo(1);
        server.closeConnections();
        client.socket().expectEnd();
    }

    @Test
    void anErrorInsteadOfCarryingOutIsProtectedAndTheSessionGoesOn() throws IOException {
        server.fault(REQUEST_RECEIVED, Fault.error(200, "not today"));
        put();
        assertThat(client.read()).isEqualTo(new ErrorResponse(1, 200, "not today"));
        assertThat(isStored()).isFalse();
        server.clearFaults();
        assertThat(client.ask(putting(bucket), key)).isEqualTo(new Acknowledgement(PacketType.PUT, 2));
    }

    @Test
    void anErrorInsteadOfTheAnswerComesAfterTheRequestWasCarriedOut() throws IOException {
        server.fault(ANSWER, Fault.once(Fault.error(1, "")));
        put();
        assertThat(client.read()).isEqualTo(new ErrorResponse(1, 1, ""));
        assertThat(client.read()).isEqualTo(new SlotsResponse(0, List.of(SLOT)));
        assertThat(isStored()).isTrue();
        assertThat(client.ask(putting(bucket), key)).isEqualTo(new Acknowledgement(PacketType.PUT, 2));
    }

    @ParameterizedTest
    @EnumSource(
            value = FaultPoint.class,
            names = {"ANSWER", "UPDATE"})
    void theseBytesAreThePacket(FaultPoint point) throws IOException {
        server.fault(point, Fault.once(Fault.answer(transport.wire(10, 20))));
        put();
        readUpTo(point);
        assertThat(client.socket().readPacket()).containsExactly(10, 20);
    }

    @ParameterizedTest
    @EnumSource(
            value = FaultPoint.class,
            names = {"ANSWER", "UPDATE"})
    void thePacketIsRewrittenWithItsLengthIfItHasOne(FaultPoint point) throws IOException {
        server.fault(point, Fault.once(Fault.rewrite(wire -> {
            if (!transport.isWebSocket()) {
                assertThat(wire[0]).isEqualTo((byte) (wire.length - 1));
            }
            return transport.wire(0xff);
        })));
        put();
        readUpTo(point);
        assertThat(client.socket().readPacket()).containsExactly(0xff);
    }

    @ParameterizedTest
    @EnumSource(
            value = FaultPoint.class,
            names = {"ANSWER", "UPDATE"})
    void bytesAreAppendedToThePacket(FaultPoint point) throws IOException {
        server.fault(point, Fault.once(Fault.append(transport.wire(99))));
        put();
        readUpTo(point);
        client.read();
        assertThat(client.socket().readPacket()).containsExactly(99);
    }

    @ParameterizedTest
    @EnumSource(
            value = FaultPoint.class,
            names = {"ANSWER", "UPDATE"})
    void thePacketIsCutAndTheConnectionClosed(FaultPoint point) throws IOException {
        server.fault(point, Fault.truncate(5));
        put();
        readUpTo(point);
        assertThat(client.socket().readToEnd()).hasSize(5);
    }

    @ParameterizedTest
    @EnumSource(
            value = FaultPoint.class,
            names = {"ANSWER", "UPDATE"})
    void aPacketInPiecesIsTheSamePacket(FaultPoint point) throws IOException {
        server.fault(point, Fault.segments(1));
        put();
        assertThat(client.read()).isEqualTo(PUT_IS_DONE);
        assertThat(client.read()).isEqualTo(new SlotsResponse(0, List.of(SLOT)));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aForgedAnswerIsAuthenticNonsense(boolean encrypted) throws IOException {
        try (RawClient victim = RawClient.connect(server, encrypted)) {
            server.fault(ANSWER, Fault.once(Fault.forge(plain -> {
                assertThat(plain).containsExactly(2, 0, 0);
                return new byte[] {(byte) 0x8d, 0x12, 0x34, 1, 2};
            })));
            victim.send(putting(bucket, SLOT), null);
            assertThat(victim.readPlain()).containsExactly(0x8d, 0x12, 0x34, 1, 2);
            server.fault(ANSWER, Fault.once(Fault.forge(plain -> Arrays.copyOf(plain, 2))));
            victim.send(putting(bucket, SLOT), null);
            assertThat(victim.socket().readPacket()).hasSize(2 + 16);
            victim.startingAt(2, 2); // what is too short to be read has used its counter
            assertThat(victim.code(putting(bucket), null)).isEqualTo(DONE);
        }
    }

    @Test
    void aForgedUpdateIsAuthenticNonsense() throws IOException {
        server.fault(UPDATE, Fault.once(Fault.forge(plain -> new byte[] {5, 0, 0, (byte) 0xff})));
        put();
        assertThat(client.read()).isEqualTo(PUT_IS_DONE);
        assertThat(client.readPlain()).containsExactly(5, 0, 0, 0xff);
        assertThat(client.ask(putting(bucket), key)).isEqualTo(new Acknowledgement(PacketType.PUT, 2));
    }

    @Test
    void aFaultOfASubscribersUpdateDoesNotTouchWhoMadeTheChange() throws IOException {
        try (RawClient other = RawClient.connect(server)) {
            server.fault(UPDATE, Fault.close());
            assertThat(other.code(putting(bucket, SLOT), null)).isEqualTo(DONE);
            client.socket().expectEnd();
            assertThat(other.code(putting(bucket, SLOT), null)).isEqualTo(DONE);
        }
    }

    @Test
    void aChangeThatFailsClosesTheConnectionItWasMeantForOnly() throws IOException {
        try (RawClient other = RawClient.connect(server)) {
            server.fault(UPDATE, Fault.rewrite(wire -> {
                throw new IllegalStateException("a fault of the test's own");
            }));
            assertThat(other.code(putting(bucket, SLOT), null)).isEqualTo(DONE);
            client.socket().expectEnd();
            assertThat(other.code(putting(bucket, SLOT), null)).isEqualTo(DONE);
        }
    }

    @Test
    void aFaultThatHappensOnceHappensOnWhicheverConnectionGetsThereFirst() throws IOException {
        try (RawClient other = RawClient.connect(server)) {
            server.fault(ANSWER, Fault.once(Fault.error(200, "")));
            assertThat(other.code(putting(bucket), null)).isEqualTo(200);
            assertThat(client.code(putting(bucket), key)).isEqualTo(DONE);
            assertThat(other.code(putting(bucket), null)).isEqualTo(DONE);
        }
    }

    @Test
    void silenceInConnectStaysSilent() throws IOException {
        server.fault(FaultPoint.CONNECT_ANSWER_SENT, Fault.once(Fault.silence()));
        try (RawClient silent = RawClient.connect(server)) {
            silent.send(putting(bucket, SLOT), null);
            assertThat(client.code(putting(bucket), key)).isEqualTo(DONE);
            assertThat(silent.socket().hasNothingToRead()).isTrue();
            assertThat(server.openConnections()).isEqualTo(2);
            assertThat(isStored()).isFalse();
        }
    }

    private void put() throws IOException {
        client.send(putting(bucket, SLOT), key);
    }

    /** What is sent before the fault. */
    private void readUpTo(FaultPoint point) throws IOException {
        if (point == UPDATE || point == ANSWER_SENT) {
            assertThat(client.read()).isEqualTo(PUT_IS_DONE);
        }
    }

    private boolean isStored() {
        return !server.bucket(bucket).orElseThrow().isEmpty();
    }
}
