package io.plabble.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.plabble.protocol.PacketType;
import io.plabble.protocol.PlabbleException;
import io.plabble.protocol.PlabbleProtocolException;
import io.plabble.protocol.Reason;
import io.plabble.protocol.Slot;
import io.plabble.protocol.SlotRange;
import io.plabble.sdk.test.Fault;
import io.plabble.sdk.test.FaultPoint;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.test.StepVerifier;

/** Whatever the server sends that it must not (§3, §7 to §9) ends the session, and everybody who waits hears why. */
class ProtocolViolationTest extends SessionFixture {
    private static final int MAC_FLAG = 0x10;
    private static final int TAG_LENGTH = 16;

    /**
     * @param reading whether the answer is one to REQUEST of slots 1 to 3, else to PUT
     * @param modes what of encryption it is a violation in
     */
    private record Violation(
            String what, FaultPoint point, boolean reading, Fault fault, Reason reason, Encryption... modes) {
        @Override
        public String toString() {
            return point + ": " + what;
        }
    }

    private static Violation answer(String what, Reason reason, Fault fault) {
        return new Violation(what, FaultPoint.ANSWER, false, fault, reason, Encryption.ON, Encryption.OFF);
    }

    private static Violation slots(String what, Reason reason, Fault fault) {
        return new Violation(what, FaultPoint.ANSWER, true, fault, reason, Encryption.ON, Encryption.OFF);
    }

    private static Violation update(String what, Reason reason, Fault fault) {
        return new Violation(what, FaultPoint.UPDATE, false, fault, reason, Encryption.ON, Encryption.OFF);
    }

    private static Violation answerIn(Encryption mode, String what, Reason reason, Fault fault) {
        return new Violation(what, FaultPoint.ANSWER, false, fault, reason, mode);
    }

    private static Stream<Violation> changedPackets() {
        Fault withoutFlag5 = packet(packet -> {
            packet[0] ^= MAC_FLAG;
            return packet;
        });
        return Stream.concat(
                IntStream.of(0, 1, 2, 3, 11, 18)
                        .mapToObj(at ->
                                answer("a bit of byte " + at + " flipped", Reason.AUTHENTICATION_FAILED, flipped(at))),
                Stream.of(
                        answer("flag #5 flipped on the wire", Reason.AUTHENTICATION_FAILED, withoutFlag5),
                        answer("no MAC or tag at all", Reason.MALFORMED, resized(-TAG_LENGTH)),
                        answer("one byte too short for any packet", Reason.MALFORMED, resized(-1)),
                        answer("one byte too long", Reason.AUTHENTICATION_FAILED, resized(1)),
                        answer("another packet of zeros", Reason.AUTHENTICATION_FAILED, zeros(MAC_FLAG)),
                        slots("no MAC or tag at all", Reason.MALFORMED, resized(-TAG_LENGTH)),
                        update("a bit of the index flipped", Reason.AUTHENTICATION_FAILED, flipped(3)),
                        update("a bit of the content flipped", Reason.AUTHENTICATION_FAILED, flipped(6)),
                        update("the last byte missing", Reason.AUTHENTICATION_FAILED, resized(-1)),
                        update("flag #5 flipped on the wire", Reason.AUTHENTICATION_FAILED, withoutFlag5)));
    }

    private static Stream<Violation> brokenFrames() {
        if (transport.isWebSocket()) { // which has frames of its own: see WebSocketTest
            return Stream.empty();
        }
        return Stream.of(
                answer("an empty packet", Reason.MALFORMED, wire(0)),
                answer("a packet of one byte", Reason.MALFORMED, wire(1, 0x12)),
                answer("a Length that is not minimal", Reason.MALFORMED, Fault.rewrite(ProtocolViolationTest::padded)),
                answer("a Length of five bytes", Reason.MALFORMED, wire(0xff, 0xff, 0xff, 0xff, 0)),
                answer("a Length above the limit", Reason.PACKET_TOO_LARGE, wire(0x81, 0x80, 0x80, 0x08)),
                answer("the largest Length", Reason.PACKET_TOO_LARGE, wire(0xff, 0xff, 0xff, 0x7f)),
                answer("the stream ends inside a packet", Reason.TRUNCATED, Fault.truncate(5)),
                answer("the stream ends inside a Length", Reason.TRUNCATED, cut(0x80)),
                update("an empty packet", Reason.MALFORMED, wire(0)),
                update("a Length above the limit", Reason.PACKET_TOO_LARGE, wire(0xff, 0xff, 0xff, 0x7f)),
                update("the stream ends inside a packet", Reason.TRUNCATED, Fault.truncate(5)));
    }

    private static Stream<Violation> authenticNonsense() {
        return Stream.of(
                answer("a Counter that no request has had", Reason.MALFORMED, withCounter(0x7fff)),
                answer("the Counter of an answered request", Reason.MALFORMED, withCounter(0)),
                answer("the type of another request", Reason.MALFORMED, withType(PacketType.APPEND.value())),
                answer("the type of an update", Reason.MALFORMED, withType(PacketType.REQUEST.value())),
                answer("a second answer to CONNECT", Reason.MALFORMED, withType(PacketType.CONNECT.value())),
                answer("a body where none belongs", Reason.MALFORMED, withBody(0)),
                answer("a body where none belongs, of an update", Reason.MALFORMED, withBody(0, 0, 1, 7)),
                answer("an ERROR without a code", Reason.MALFORMED, withType(PacketType.ERROR.value())),
                answerIn(
                        Encryption.ON,
                        "flag #5 in an encrypted packet",
                        Reason.MALFORMED,
                        withType(MAC_FLAG | PacketType.PUT.value())),
                slots("an acknowledgement instead of slots", Reason.MALFORMED, withType(PacketType.PUT.value())),
                slots("a slot before those asked for", Reason.MALFORMED, withBody(0, 0, 1, 7)),
                slots("a slot after those asked for", Reason.MALFORMED, withBody(0, 1, 1, 7, 0, 4, 1, 7)),
                slots("an index that is cut", Reason.MALFORMED, withBody(0)),
                slots("an index without Length", Reason.MALFORMED, withBody(0, 2)),
                slots("content beyond the end", Reason.MALFORMED, withBody(0, 2, 2, 7)),
                slots("content far beyond the end", Reason.MALFORMED, withBody(0, 2, 0xff, 0xff, 0xff, 0x7f, 7)),
                slots("a content's Length that is not minimal", Reason.MALFORMED, withBody(0, 2, 0x81, 0, 7)),
                slots("a content's Length that is cut", Reason.MALFORMED, withBody(0, 2, 0x81)),
                slots("something after the last slot", Reason.MALFORMED, withBody(0, 2, 1, 7, 0)),
                slots("an ERROR without a code", Reason.MALFORMED, withType(PacketType.ERROR.value())),
                update("a Counter that no subscription has", Reason.MALFORMED, withCounter(0)),
                update("a Counter that is still to come", Reason.MALFORMED, withCounter(0x7fff)),
                update("an ERROR without a request", Reason.MALFORMED, withType(PacketType.ERROR.value())),
                update("an acknowledgement without a request", Reason.MALFORMED, emptied(PacketType.PUT.value())),
                update("content beyond the end", Reason.MALFORMED, withBody(0, 2, 99, 7)));
    }

    private static Stream<Violation> reservedTypesAndFlags() {
        return Stream.concat(
                IntStream.rangeClosed(8, 14)
                        .mapToObj(type -> answer("the reserved type " + type, Reason.MALFORMED, withType(type))),
                IntStream.of(0x20, 0x40, 0x80)
                        .boxed()
                        .flatMap(flag -> Stream.of(
                                answer(
                                        "the reserved flag " + flag,
                                        Reason.MALFORMED,
                                        withType(flag | PacketType.PUT.value())),
                                update(
                                        "the reserved flag " + flag,
                                        Reason.MALFORMED,
                                        withType(flag | PacketType.REQUEST.value())))));
    }

    static Stream<Arguments> violations() {
        return Stream.of(changedPackets(), brokenFrames(), authenticNonsense(), reservedTypesAndFlags())
                .flatMap(some -> some)
                .flatMap(violation -> Arrays.stream(violation.modes).map(mode -> Arguments.of(violation, mode)));
    }

    @ParameterizedTest(name = "{0}, encryption {1}")
    @MethodSource("violations")
    void aViolationEndsTheSessionForEverybodyWhoWaits(Violation violation, Encryption encryption) {
        PlabbleSession session = connect(encryption);
        Bucket bucket = create(session);
        Bucket elsewhere = connect(encryption).bucket(bucket.id(), bucket.key().orElseThrow());
        CompletableFuture<Void> following = bucket.updates().then().toFuture();
        assertThat(slots(bucket.read())).isEmpty(); // the subscription stands, as it was asked for earlier
        server.fault(FaultPoint.REQUEST_RECEIVED, Fault.once(Fault.hold()));
        CompletableFuture<?> first = violation.reading
                ? bucket.read(SlotRange.of(1, 3)).collectList().toFuture()
                : bucket.put(0, "first").toFuture();
        CompletableFuture<Void> second = bucket.append("second").toFuture();
        eventually(() -> assertThat(server.received(PacketType.APPEND)).isEqualTo(1));
        server.fault(violation.point, Fault.once(violation.fault));

        if (violation.point == FaultPoint.UPDATE) {
            done(elsewhere.put(2, "update"));
        } else {
            server.release();
        }

        broken(first, violation.reason, waiting -> {
            assertThat(waiting.requestWritten()).isTrue();
            assertThat(waiting.bucketId()).contains(bucket.id());
            assertThat(waiting)
                    .hasMessageStartingWith(
                            "%s on bucket %s, session with ",
                            violation.reading ? PacketType.REQUEST : PacketType.PUT, bucket.id())
                    .hasMessageEndingWith("the session has ended, connect again");
        });
        broken(
                second,
                violation.reason,
                waiting -> assertThat(waiting.requestWritten()).isTrue());
        broken(following, violation.reason, waiting -> {
            assertThat(waiting.bucketId()).contains(bucket.id());
            assertThat(waiting).hasMessageStartingWith("subscription to bucket " + bucket.id());
        });
        isOver(session, bucket, violation.reason);
        eventually(() -> assertThat(server.openConnections()).isEqualTo(1));
        done(elsewhere.wipe(SlotRange.all()));
    }

    @ParameterizedTest
    @EnumSource(names = {"ON", "OFF"})
    void anAnswerThatIsNotInTheOrderOfTheSlotsEndsTheSession(Encryption encryption) {
        PlabbleSession session = connect(encryption);
        Bucket bucket = create(session);
        for (int second : new int[] {1, 2}) { // before the first, and once more
            server.fault(
                    FaultPoint.ANSWER,
                    Fault.once(Fault.forge(plain -> joined(plain, 0, 2, 1, 'b', 0, second, 1, 'a'))));
            PlabbleSession reading = connect(encryption);
            Bucket same = reading.bucket(bucket.id(), bucket.key().orElseThrow());

            fails(
                    same.read(),
                    PlabbleProtocolException.class,
                    error -> assertThat(error.reason()).isEqualTo(Reason.MALFORMED));
            isOver(reading, same, Reason.MALFORMED);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"ON", "OFF"})
    void anAnswerThatIsRepeatedEndsTheSession(Encryption encryption) {
        assumeFalse(transport.isWebSocket(), "what is one message cannot be two, or none");
        PlabbleSession session = connect(encryption);
        Bucket bucket = create(session);
        server.fault(FaultPoint.REQUEST_RECEIVED, Fault.once(Fault.hold()));
        CompletableFuture<Void> first = bucket.put(0, "first").toFuture();
        CompletableFuture<Void> second = bucket.append("second").toFuture();
        eventually(() -> assertThat(server.received(PacketType.APPEND)).isEqualTo(1));
        server.fault(FaultPoint.ANSWER, Fault.once(Fault.rewrite(ProtocolViolationTest::twice)));

        server.release();

        assertThat(first).succeedsWithin(BOUND);
        broken(
                second,
                Reason.AUTHENTICATION_FAILED,
                waiting -> assertThat(waiting.requestWritten()).isTrue());
        isOver(session, bucket, Reason.AUTHENTICATION_FAILED);
    }

    @ParameterizedTest
    @EnumSource(names = {"ON", "OFF"})
    void anAnswerThatNobodyWaitsForAnyMoreIsAuthenticatedAllTheSame(Encryption encryption) {
        PlabbleSession session = connect(encryption);
        Bucket bucket = create(session);
        server.fault(FaultPoint.REQUEST_RECEIVED, Fault.once(Fault.hold()));
        CompletableFuture<Void> cancelled = bucket.put(0, "cancelled").toFuture();
        CompletableFuture<Void> waiting = bucket.append("waiting").toFuture();
        eventually(() -> assertThat(server.received(PacketType.APPEND)).isEqualTo(1));
        cancelled.cancel(false);
        server.fault(FaultPoint.ANSWER, Fault.once(flipped(3)));

        server.release();

        broken(
                waiting,
                Reason.AUTHENTICATION_FAILED,
                error -> assertThat(error.requestWritten()).isTrue());
        isOver(session, bucket, Reason.AUTHENTICATION_FAILED);
    }

    @ParameterizedTest
    @EnumSource(names = {"ON", "OFF"})
    void anUpdateThatIsRepeatedIsDeliveredOnceAndEndsTheSession(Encryption encryption) {
        assumeFalse(transport.isWebSocket(), "what is one message cannot be two, or none");
        PlabbleSession session = connect(encryption);
        Bucket bucket = create(session, ALL_PRIVATE.subscribed());
        server.fault(FaultPoint.UPDATE, Fault.once(Fault.rewrite(ProtocolViolationTest::twice)));

        StepVerifier.create(bucket.updates())
                .then(() -> done(bucket.put(3, "once")))
                .expectNext(new SlotUpdate(Slot.of(3, "once"), SlotUpdate.Kind.CHANGED))
                .expectErrorSatisfies(error ->
                        assertThat(((PlabbleException) error).reason()).isEqualTo(Reason.AUTHENTICATION_FAILED))
                .verify(BOUND);
        isOver(session, bucket, Reason.AUTHENTICATION_FAILED);
    }

    @ParameterizedTest
    @EnumSource(names = {"ON", "OFF"})
    void aPacketThatIsLeftOutEndsTheSessionWithTheNext(Encryption encryption) {
        assumeFalse(transport.isWebSocket(), "what is one message cannot be two, or none");
        PlabbleSession session = connect(encryption);
        Bucket bucket = create(session);
        server.fault(FaultPoint.ANSWER, Fault.once(wire())); // it has used its counter, unlike one of Fault.silence()
        CompletableFuture<Void> first = bucket.put(0, "first").toFuture();

        fails(
                bucket.append("second"),
                PlabbleProtocolException.class,
                error -> assertThat(error.reason()).isEqualTo(Reason.AUTHENTICATION_FAILED));
        broken(
                first,
                Reason.AUTHENTICATION_FAILED,
                waiting -> assertThat(waiting.requestWritten()).isTrue());
        isOver(session, bucket, Reason.AUTHENTICATION_FAILED);
    }

    @ParameterizedTest
    @EnumSource(names = {"ON", "OFF"})
    void anUpdateBeforeTheAnswerOfItsSubscribingRequestEndsTheSession(Encryption encryption) {
        for (Operation operation : new Operation[] {Operation.UPDATES, Operation.CREATE_SUBSCRIBED}) {
            PlabbleSession session = connect(encryption);
            Bucket bucket = create(session);
            server.fault(FaultPoint.ANSWER, Fault.once(Fault.forge(plain -> {
                plain[0] = (byte) PacketType.REQUEST.value();
                return joined(plain, 0, 2, 1, 7);
            })));

            fails(operation.of(session, bucket), PlabbleProtocolException.class, error -> {
                assertThat(error.reason()).isEqualTo(Reason.MALFORMED);
                assertThat(error.candidate().isPresent()).isEqualTo(operation.creates());
            });
            isOver(session, bucket, Reason.MALFORMED);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"ON", "OFF"})
    void aReadAndFollowOfSomeSlotsTakesNoOthers(Encryption encryption) {
        PlabbleSession session = connect(encryption);
        Bucket bucket = create(session);
        server.fault(FaultPoint.ANSWER, Fault.once(withBody(0, 4, 1, 7)));

        fails(
                bucket.readAndFollow(SlotRange.of(1, 3)),
                PlabbleProtocolException.class,
                error -> assertThat(error.reason()).isEqualTo(Reason.MALFORMED));
        isOver(session, bucket, Reason.MALFORMED);
    }

    @ParameterizedTest
    @EnumSource(names = {"ON", "OFF"})
    void aPacketOfTheOwnLimitIsTakenAndALongerOneEndsTheSession(Encryption encryption) {
        int limit = 2048;
        int longest = limit - 3 - TAG_LENGTH - 2 - 2; // less header, tag, Index and Length
        Bucket bucket = create(connect(encryption));
        PlabbleSession session = connect(client().encryption(encryption).maxPacketSize(limit));
        Bucket same = session.bucket(bucket.id(), bucket.key().orElseThrow());

        done(bucket.put(0, new byte[longest]));
        assertThat(slots(same.read())).containsExactly(Slot.of(0, new byte[longest]));
        done(bucket.put(0, new byte[longest + 1]));
        fails(same.read(), PlabbleProtocolException.class, error -> {
            assertThat(error.reason()).isEqualTo(Reason.PACKET_TOO_LARGE);
            assertThat(error)
                    .hasMessageContaining(
                            transport.isWebSocket()
                                    ? "a packet of more than 2048 bytes; see maxPacketSize(…)"
                                    : "a packet of 2049 bytes, at most 2048 are accepted; see maxPacketSize(…)");
        });
        isOver(session, same, Reason.PACKET_TOO_LARGE);
    }

    @ParameterizedTest
    @EnumSource(names = {"ON", "OFF"})
    void aViolationWhileTheSessionClosesIsWhyItEnded(Encryption encryption) {
        PlabbleSession session = connect(encryption);
        Bucket bucket = create(session);
        server.fault(FaultPoint.REQUEST_RECEIVED, Fault.once(Fault.hold()));
        CompletableFuture<Void> first = bucket.put(0, "first").toFuture();
        CompletableFuture<Void> closing = session.close().toFuture();
        fails(
                bucket.put(0, "too late"),
                PlabbleSessionClosedException.class,
                error -> assertThat(error.requestWritten()).isFalse());
        eventually(() -> assertThat(server.received(PacketType.PUT)).isEqualTo(1));
        server.fault(FaultPoint.ANSWER, Fault.once(flipped(0)));

        server.release();

        broken(
                first,
                Reason.AUTHENTICATION_FAILED,
                waiting -> assertThat(waiting.requestWritten()).isTrue());
        assertThat(closing).succeedsWithin(BOUND);
        isOver(session, bucket, Reason.AUTHENTICATION_FAILED);
    }

    private static void broken(CompletableFuture<?> waiting, Reason reason, Consumer<PlabbleException> satisfying) {
        assertThat(waiting)
                .failsWithin(BOUND)
                .withThrowableThat()
                .havingCause()
                .isInstanceOfSatisfying(PlabbleProtocolException.class, error -> {
                    assertThat(error.reason()).isEqualTo(reason);
                    satisfying.accept(error);
                });
    }

    /** Whoever hears of the end finds everything ended; whoever comes later hears the reason as well. */
    private void isOver(PlabbleSession session, Bucket bucket, Reason reason) {
        for (int subscriber = 0; subscriber < 2; subscriber++) {
            fails(session.onClose(), PlabbleProtocolException.class, error -> {
                assertThat(error.reason()).isEqualTo(reason);
                assertThat(error).hasMessageStartingWith("session with " + server.host() + ":" + server.port());
                assertThat(error.bucketId()).isEmpty();
            });
        }
        assertThat(session.sharedSecret().isDestroyed()).isTrue();
        assertThat(session.isDisposed()).isTrue();
        assertThat(session.remainingRequests()).isZero();
        for (Operation operation : Operation.values()) {
            fails(operation.of(session, bucket), PlabbleProtocolException.class, error -> {
                assertThat(error.reason()).as("%s", operation).isEqualTo(reason);
                assertThat(error.requestWritten()).as("%s", operation).isFalse();
                assertThat(error.candidate()).as("%s", operation).isEmpty();
                assertThat(error)
                        .hasMessageNotContainingAny(
                                "session with " + server.host() + ":" + server.port() + ": session");
            });
        }
        StepVerifier.create(session.close()).expectComplete().verify(BOUND);
    }

    // ── what is done to packets ─────────────────────────────────────────────────────────────────────────────────────

    private static Fault wire(int... bytes) {
        return Fault.answer(joined(new byte[0], bytes));
    }

    /** Only the beginning of a Length, and then the end. */
    private static Fault cut(int first) {
        return new Fault.Rewrite(wire -> new byte[] {(byte) first}, true, Integer.MAX_VALUE);
    }

    /** A change of the packet, whose Length, where there is one, is one byte and is made to fit. */
    private static Fault packet(UnaryOperator<byte[]> change) {
        if (transport.isWebSocket()) {
            return Fault.rewrite(change);
        }
        return Fault.rewrite(wire -> framed(change.apply(Arrays.copyOfRange(wire, 1, wire.length))));
    }

    private static byte[] framed(byte[] packet) {
        byte[] wire = new byte[1 + packet.length];
        wire[0] = (byte) packet.length;
        System.arraycopy(packet, 0, wire, 1, packet.length);
        return wire;
    }

    private static Fault flipped(int at) {
        return packet(packet -> {
            packet[at] ^= 1;
            return packet;
        });
    }

    private static Fault resized(int by) {
        return packet(packet -> Arrays.copyOf(packet, packet.length + by));
    }

    private static Fault zeros(int typeFlags) {
        return packet(packet -> {
            byte[] zeros = new byte[packet.length];
            zeros[0] = (byte) typeFlags;
            return zeros;
        });
    }

    /** Length in two bytes where one will do. */
    private static byte[] padded(byte[] wire) {
        byte[] padded = new byte[wire.length + 1];
        System.arraycopy(wire, 1, padded, 2, wire.length - 1);
        padded[0] = (byte) (wire[0] | 0x80);
        return padded;
    }

    private static byte[] twice(byte[] wire) {
        byte[] both = Arrays.copyOf(wire, 2 * wire.length);
        System.arraycopy(wire, 0, both, wire.length, wire.length);
        return both;
    }

    private static Fault withType(int typeFlags) {
        return Fault.forge(plain -> {
            plain[0] = (byte) typeFlags;
            return plain;
        });
    }

    private static Fault withCounter(int counter) {
        return Fault.forge(plain -> {
            plain[1] = (byte) (counter >> 8);
            plain[2] = (byte) counter;
            return plain;
        });
    }

    private static Fault withBody(int... body) {
        return Fault.forge(plain -> joined(Arrays.copyOf(plain, 3), body));
    }

    private static Fault emptied(int typeFlags) {
        return Fault.forge(plain -> {
            plain[0] = (byte) typeFlags;
            return Arrays.copyOf(plain, 3);
        });
    }

    private static byte[] joined(byte[] start, int... rest) {
        byte[] joined = Arrays.copyOf(start, start.length + rest.length);
        for (int i = 0; i < rest.length; i++) {
            joined[start.length + i] = (byte) rest[i];
        }
        return joined;
    }
}
