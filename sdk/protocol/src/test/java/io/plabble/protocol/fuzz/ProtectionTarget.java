package io.plabble.protocol.fuzz;

import static io.plabble.testsupport.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.plabble.protocol.BucketKey;
import io.plabble.protocol.PlabbleProtocolException;
import io.plabble.protocol.Reason;
import io.plabble.protocol.crypto.SharedSecret;
import io.plabble.protocol.internal.packet.BucketRequest;
import io.plabble.protocol.internal.packet.BucketResponse;
import io.plabble.protocol.internal.packet.RandomPackets;
import io.plabble.protocol.internal.packet.TypeFlags;
import io.plabble.protocol.internal.protection.PacketProtection;
import io.plabble.testsupport.Bytes;
import io.plabble.testsupport.fuzz.Choices;
import io.plabble.testsupport.fuzz.FuzzTarget;
import io.plabble.testsupport.fuzz.Seeds;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Protected packets in both modes (§7): only what was sealed is opened, and it is sealed the same again; whatever is sealed, well
 * formed or not, is opened, unless it is encrypted and announces a MAC.
 */
final class ProtectionTarget implements FuzzTarget {
    private static final SharedSecret SESSION_KEY = SharedSecret.of(new byte[SharedSecret.LENGTH]);
    private static final BucketKey BUCKET_KEY = BucketKey.of(new byte[BucketKey.LENGTH]);
    private static final int PACKETS = 40;

    @Override
    public void accept(byte[] input) {
        Choices choices = new Choices(input);
        Way way = new Way(choices.isTrue(), choices.isTrue(), choices.isTrue() ? BUCKET_KEY : null, choices.u16());
        if (choices.isTrue()) {
            byte[] plain = choices.rest();
            if (plain.length >= way.headerLength()) {
                sealAndOpen(way, plain);
            }
        } else {
            open(way, choices.rest());
        }
    }

    private static void sealAndOpen(Way way, byte[] plain) {
        byte[] packet = way.seal(plain);
        if (way.encrypted && (plain[0] & TypeFlags.MAC) != 0) {
            assertRefused(Reason.MALFORMED, () -> way.open(packet));
        } else {
            plain[0] &= ~TypeFlags.MAC;
            assertThat(way.open(packet)).isEqualTo(plain);
        }
    }

    private static void open(Way way, byte[] packet) {
        try {
            assertThat(way.seal(way.open(packet))).isEqualTo(packet);
        } catch (PlabbleProtocolException e) {
            assertThat(e.reason()).isIn(Reason.MALFORMED, Reason.AUTHENTICATION_FAILED);
        }
    }

    private record Way(
            boolean encrypted, boolean request, @Nullable BucketKey key, int counter) {
        int headerLength() {
            return request ? BucketRequest.HEADER_LENGTH : BucketResponse.HEADER_LENGTH;
        }

        byte[] seal(byte[] plain) {
            return PacketProtection.of(SESSION_KEY, encrypted)
                    .seal(counter, Bytes.head(plain, headerLength()), Bytes.tail(plain, headerLength()), key);
        }

        byte[] open(byte[] packet) {
            PacketProtection protection = PacketProtection.of(SESSION_KEY, encrypted);
            byte[] header = protection.openHeader(counter, packet, headerLength());
            byte[] body = Bytes.remaining(protection.openBody(counter, header, packet, key));
            return Bytes.join(header, body);
        }
    }

    @Override
    public Stream<byte[]> seeds() {
        Random random = Seeds.random();
        RandomPackets packets = new RandomPackets(random);
        return Seeds.around(IntStream.range(0, PACKETS).boxed().flatMap(number -> {
            Way way = new Way(
                    (number & 1) != 0, (number & 2) != 0, (number & 4) != 0 ? BUCKET_KEY : null, packets.counter());
            byte[] plain = way.request ? plain(packets.request()) : plain(packets.response());
            byte[] chosen = {
                (byte) (number & 1),
                (byte) (number >> 1 & 1),
                (byte) (number >> 2 & 1),
                (byte) (way.counter >> 8),
                (byte) way.counter
            };
            return Stream.of(
                    Bytes.join(chosen, new byte[] {1}, plain), Bytes.join(chosen, new byte[] {0}, way.seal(plain)));
        }));
    }

    private static byte[] plain(BucketRequest request) {
        return Bytes.join(request.header(), request.body());
    }

    private static byte[] plain(BucketResponse response) {
        return Bytes.join(response.header(), response.body());
    }
}
