package io.plabble.sdk.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.plabble.protocol.PlabbleProtocolException;
import io.plabble.protocol.Reason;
import io.plabble.protocol.certificate.Certificate;
import io.plabble.protocol.certificate.CertificateChain;
import io.plabble.protocol.crypto.IdentityKey;
import io.plabble.protocol.internal.connect.ConnectExchange;
import io.plabble.protocol.internal.frame.DynamicLength;
import io.plabble.sdk.internal.sessions.CountedTime;
import io.plabble.testsupport.Bytes;
import io.plabble.testsupport.Frames;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.test.scheduler.VirtualTimeScheduler;

/** No bit of an answer to CONNECT may differ, and none may be missing; by where it is, it has its reason (§4, §5). */
class MutatedAnswerTest {
    private static final int HEADER_LENGTH = 3;
    private static final int CHAIN_OFFSET = HEADER_LENGTH + 32 + 64;
    private static final int NAME_OFFSET = 1 + 32 + 2 * 4 + 64;

    private final CountedTime time = CountedTime.begin();

    @AfterEach
    void endTime() {
        VirtualTimeScheduler.reset();
    }

    /** Chains of three, two and one, whose roots are the stored ones, and a pinned key without any. */
    private static Stream<RecordedConnect> answers() {
        return Stream.of("normal-60", "two-certificates-60", "self-signed-in-store-60", "pinned-plain-00")
                .map(RecordedConnect::valid);
    }

    @ParameterizedTest
    @MethodSource("answers")
    void everyBitCounts(RecordedConnect exchange) {
        Settings settings = exchange.settings();
        byte[] answer = exchange.answer();
        Layout layout = Layout.of(Frames.packet(answer));
        for (int bit = 0; bit < Bytes.bits(answer); bit++) {
            byte[] changed = Bytes.flipped(answer, bit);

            assertRefused(
                    layout.reason(changed, bit / Byte.SIZE),
                    MemoryConnection.play(settings, time, changed),
                    "bit " + bit);
        }
    }

    @ParameterizedTest
    @MethodSource("answers")
    void noPacketMayBeCut(RecordedConnect exchange) {
        Settings settings = exchange.settings();
        byte[] packet = Frames.packet(exchange.answer());
        Layout layout = Layout.of(packet);
        for (int length = 0; length < packet.length; length++) {
            byte[] cut = Frames.withLength(Bytes.head(packet, length));

            assertRefused(layout.reasonOfCut(length), MemoryConnection.play(settings, time, cut), length + " bytes");
        }
    }

    private static void assertRefused(Reason reason, Outcome outcome, String which) {
        assertThat(outcome).as(which).isInstanceOf(Outcome.Refused.class);
        assertThat(outcome.reason()).as("%s: %s", which, outcome).isEqualTo(reason);
    }

    /**
     * Where the parts of an answer are, in its packet without Length.
     *
     * @param ends of its certificates
     */
    private record Layout(int packetLength, List<Integer> ends) {
        static Layout of(byte[] packet) {
            List<Integer> ends = new ArrayList<>();
            int end = CHAIN_OFFSET;
            for (Certificate certificate : CertificateChain.parse(Bytes.tail(packet, CHAIN_OFFSET))) {
                end += certificate.encoded().length;
                ends.add(end);
            }
            return new Layout(packet.length, ends);
        }

        /** Why an answer is refused that differs in this byte, Length counted. */
        Reason reason(byte[] changed, int at) {
            int lengthSize = DynamicLength.size(packetLength);
            if (at < lengthSize) {
                return ofLength(changed);
            }
            int inPacket = at - lengthSize;
            if (inPacket < HEADER_LENGTH) {
                return Reason.MALFORMED;
            }
            return inPacket < CHAIN_OFFSET
                    ? Reason.SIGNATURE_INVALID
                    : ofChain(Bytes.tail(changed, lengthSize), inPacket);
        }

        private static Reason ofLength(byte[] changed) {
            ByteBuf stream = Unpooled.wrappedBuffer(changed);
            int length;
            try {
                length = DynamicLength.read(stream);
            } catch (PlabbleProtocolException e) {
                return e.reason();
            }
            if (length > ConnectExchange.LONGEST_ANSWER) {
                return Reason.PACKET_TOO_LARGE;
            }
            return length > stream.readableBytes() ? Reason.TRUNCATED : Reason.MALFORMED;
        }

        private Reason ofChain(byte[] changed, int at) {
            int start = CHAIN_OFFSET;
            for (int end : ends) {
                if (at < end) {
                    byte[] certificate = Bytes.tail(Bytes.head(changed, end), start);
                    return ofCertificate(certificate, at - start, end == packetLength);
                }
                start = end;
            }
            throw new AssertionError("no byte " + at);
        }

        private static Reason ofCertificate(byte[] changed, int at, boolean root) {
            if (at == 0 || !isWellFormed(changed)) {
                return Reason.MALFORMED;
            }
            boolean keyOrName = at <= IdentityKey.LENGTH || at >= NAME_OFFSET;
            return root && keyOrName ? Reason.UNTRUSTED_ROOT : Reason.CHAIN_SIGNATURE_INVALID;
        }

        private static boolean isWellFormed(byte[] certificate) {
            try {
                Certificate.parse(certificate);
                return true;
            } catch (PlabbleProtocolException e) {
                return false;
            }
        }

        /** Why an answer is refused that has no more than these bytes, and a Length that says so. */
        Reason reasonOfCut(int length) {
            if (length == CHAIN_OFFSET) {
                return Reason.CERTIFICATE_MISSING;
            }
            return ends.contains(length) ? Reason.UNTRUSTED_ROOT : Reason.MALFORMED;
        }
    }
}
