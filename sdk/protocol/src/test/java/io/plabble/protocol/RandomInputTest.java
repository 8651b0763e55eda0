package io.plabble.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.plabble.protocol.certificate.Certificate;
import io.plabble.protocol.certificate.CertificateAuthority;
import io.plabble.protocol.certificate.CertificateChain;
import io.plabble.protocol.crypto.IdentityKeyPair;
import io.plabble.protocol.internal.frame.DynamicLength;
import io.plabble.protocol.internal.packet.ConnectAnswer;
import io.plabble.protocol.internal.packet.ConnectResponse;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Whatever a peer sends, it is taken or refused as a protocol fault; nothing else comes out. */
class RandomInputTest {
    private static final long SEED = 20_260_301;
    private static final int ROUNDS = 5_000;
    private static final int MOST_CHANGES = 4;
    private static final Certificate CERTIFICATE = CertificateAuthority.root(
                    IdentityKeyPair.ofSeed(new byte[IdentityKeyPair.SEED_LENGTH]),
                    "bücher.example",
                    PlabbleTimestamp.MIN,
                    PlabbleTimestamp.MAX)
            .certificate();

    private final SplittableRandom random = new SplittableRandom(SEED);

    @Test
    void everyLengthIsReadAsItWasWritten() {
        ByteBuf buffer = Unpooled.buffer();
        for (int round = 0; round < ROUNDS; round++) {
            // Shifted, so that each size comes up.
            int value = random.nextInt(DynamicLength.MAX + 1) >>> random.nextInt(28);
            buffer.clear();
            DynamicLength.write(value, buffer);

            assertThat(buffer.readableBytes()).as(label(round)).isEqualTo(DynamicLength.size(value));
            assertThat(DynamicLength.read(buffer)).as(label(round)).isEqualTo(value);
            assertThat(buffer.isReadable()).as(label(round)).isFalse();
        }
    }

    @Test
    void changedCertificatesAreTakenOrRefused() {
        onlyRefuses(Certificate::parse, CERTIFICATE.encoded());
    }

    @Test
    void changedChainsAreTakenOrRefused() {
        onlyRefuses(CertificateChain::parse, CertificateChain.encode(List.of(CERTIFICATE, CERTIFICATE, CERTIFICATE)));
    }

    @Test
    void changedAnswersAreTakenOrRefused() {
        onlyRefuses(
                ConnectAnswer::decode,
                new ConnectResponse(new byte[32], new byte[64], List.of(CERTIFICATE, CERTIFICATE)).encoded());
        onlyRefuses(ConnectAnswer::decode, new byte[] {15, 0, 0, 1, 'a', 'b', 'c'});
    }

    @Test
    void randomBytesAreTakenOrRefused() {
        for (int round = 0; round < ROUNDS; round++) {
            byte[] input = randomBytes(random.nextInt(600));
            onlyRefuses(Certificate::parse, input, round);
            onlyRefuses(CertificateChain::parse, input, round);
            onlyRefuses(ConnectAnswer::decode, input, round);
        }
    }

    private void onlyRefuses(Consumer<byte[]> decoder, byte[] wellFormed) {
        decoder.accept(wellFormed);
        for (int round = 0; round < ROUNDS; round++) {
            onlyRefuses(decoder, changed(wellFormed), round);
        }
    }

    private static void onlyRefuses(Consumer<byte[]> decoder, byte[] input, int round) {
        Throwable thrown = catchThrowable(() -> decoder.accept(input));
        if (thrown != null) {
            assertThat(thrown)
                    .as("%s, input %s", label(round), HexFormat.of().formatHex(input))
                    .isInstanceOf(PlabbleProtocolException.class);
        }
    }

    private byte[] changed(byte[] wellFormed) {
        int length = random.nextInt(3) == 0 ? random.nextInt(wellFormed.length + 20) : wellFormed.length;
        byte[] input = Arrays.copyOf(wellFormed, length);
        for (int i = random.nextInt(MOST_CHANGES); i > 0 && length > 0; i--) {
            input[random.nextInt(length)] = (byte) random.nextInt();
        }
        return input;
    }

    private byte[] randomBytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private static String label(int round) {
        return "seed " + SEED + ", round " + round;
    }
}
