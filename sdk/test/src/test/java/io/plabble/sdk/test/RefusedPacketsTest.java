package io.plabble.sdk.test;

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
import io.plabble.protocol.internal.packet.ReadRequest;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Packets that are no request, or nobody's, and in which order the server finds out (§7, §8). */
@ParameterizedClass
@EnumSource(
        value = TestTransport.class,
        names = {"TCP", "SECURE_WEB_SOCKET"}) // a stream, and all layers at once
class RefusedPacketsTest {
    private static final int BAD_REQUEST = 6;
    private static final int NOT_AUTHENTIC = 4;
    private static final int UNKNOWN = 21;
    private static final byte MAC = 0x10;
    private static final byte[] NOTHING = {};
    private static final BucketKey WRONG_KEY = BucketKey.of(new byte[BucketKey.LENGTH]);

    private final TestTransport transport;
    private PlabbleTestServer server;

    RefusedPacketsTest(TestTransport transport) {
        this.transport = transport;
        this.server = transport.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aTypeOrFlagThatNoRequestHasIsABadRequest(boolean encrypted) throws IOException {
        try (RawClient client = RawClient.connect(server, encrypted)) {
            BucketId bucket = id(Permission.values());
            BucketKey key = client.create(bucket);
            for (int typeFlags : new int[] {
                0x00, 0x08, 0x0e, 0x0f, 0x81, 0x22, 0x42, 0x82, 0x23, 0x44, 0x84, 0x45, 0x85, 0x26, 0x46, 0x27, 0x87
            }) {
                assertThat(client.code(header(typeFlags, bucket), NOTHING, key))
                        .as("TypeFlags 0x%02x", typeFlags)
                        .isEqualTo(BAD_REQUEST);
            }
            assertThat(client.code(header(0x82, id()), NOTHING, null)).isEqualTo(BAD_REQUEST);
            assertThat(client.code(header(0x82, bucket), NOTHING, WRONG_KEY)).isEqualTo(BAD_REQUEST);
            assertThat(client.code(putting(bucket), key)).isEqualTo(DONE);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "01, 0000", // a range to subscribe to, without flag #6
        "21, 000000",
        "21, 00020001",
        "02, 00", // a slot that is cut
        "02, 0000",
        "02, 000002ff",
        "02, 00008000",
        "03, 02ff",
        "04, 00",
        "04, 00020001",
        "04, 0001000200",
        "24, 0000", // deletes, and names a range
        "05, 00",
        "25, 00020001",
        "06, 0000000000",
        "06, ffff0000",
        "07, 00",
    })
    void aMalformedBodyIsABadRequest(String typeFlags, String body) throws IOException {
        for (boolean encrypted : List.of(true, false)) {
            try (RawClient client = RawClient.connect(server, encrypted)) {
                boolean creates = typeFlags.endsWith("1");
                BucketId bucket = id();
                BucketKey key = creates ? null : client.create(bucket);
                byte[] header = header(HexFormat.fromHexDigits(typeFlags), bucket);
                byte[] malformed = HexFormat.of().parseHex(body);
                // Although nothing is permitted in this bucket, and authentication comes before.
                assertThat(client.code(header, malformed, key)).isEqualTo(BAD_REQUEST);
                assertThat(client.code(header, malformed, WRONG_KEY)).isEqualTo(NOT_AUTHENTIC);
                assertThat(server.bucket(bucket).isPresent()).isEqualTo(!creates);
            }
        }
        assertThat(server.subscriptions()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatIsNotAuthenticAnswers4AndUsesUpBothCounters(boolean encrypted) throws IOException {
        try (RawClient client = RawClient.connect(server, encrypted)) {
            BucketId bucket = id(Permission.values());
            BucketKey key = client.create(bucket);
            assertThat(client.ask(putting(bucket, Slot.of(0, "x")), WRONG_KEY)).isEqualTo(error(1, NOT_AUTHENTIC));
            byte[] changed = client.sealed(header(0x02, bucket), NOTHING, key);
            changed[changed.length - 1] ^= 1;
            client.sendPacket(changed);
            assertThat(client.read()).isEqualTo(error(2, NOT_AUTHENTIC));
            assertThat(client.code(putting(bucket), key)).isEqualTo(DONE);
            assertThat(server.bucket(bucket)).contains(List.of());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aCreateIsAuthenticatedWithoutAKey(boolean encrypted) throws IOException {
        try (RawClient client = RawClient.connect(server, encrypted)) {
            BucketId bucket = id(Permission.values());
            assertThat(client.code(header(0x01, bucket), NOTHING, WRONG_KEY)).isEqualTo(NOT_AUTHENTIC);
            BucketKey key = client.create(bucket);
            assertThat(client.code(header(0x01, bucket), NOTHING, key)).isEqualTo(NOT_AUTHENTIC);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anUnknownBucketIsFoundOutBeforeAuthentication(boolean encrypted) throws IOException {
        try (RawClient client = RawClient.connect(server, encrypted)) {
            assertThat(client.code(new ReadRequest(id(), SlotRange.all(), false), WRONG_KEY))
                    .isEqualTo(UNKNOWN);
            assertThat(client.code(header(0x05, id()), new byte[1], null)).isEqualTo(UNKNOWN);
        }
    }

    @Test
    void aMissingMacIsNotAuthenticWhateverItIsMissingFrom() throws IOException {
        try (RawClient client = RawClient.connect(server, false)) {
            BucketId bucket = id(Permission.values());
            BucketKey key = client.create(bucket);
            for (byte[] header : List.of(header(0x02, bucket), header(0x82, bucket), header(0x02, id()))) {
                byte[] packet = client.sealed(header, NOTHING, key);
                packet[0] &= ~MAC;
                int counter = client.sendPacket(packet);
                assertThat(client.read()).isEqualTo(error(counter, NOT_AUTHENTIC));
            }
            assertThat(server.received(PacketType.PUT)).isZero();
        }
    }

    @Test
    void aMacAnnouncedInEncryptedModeIsABadRequest() throws IOException {
        try (RawClient client = RawClient.connect(server)) {
            BucketId bucket = id(Permission.values());
            BucketKey key = client.create(bucket);
            assertThat(client.code(header(0x12, bucket), NOTHING, key)).isEqualTo(BAD_REQUEST);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aPacketTooShortForHeaderAndTagClosesTheConnection(boolean encrypted) throws IOException {
        try (RawClient client = RawClient.connect(server, encrypted)) {
            client.sendPacket(new byte[32]);
            client.socket().expectEnd();
        }
    }

    @Test
    void afterConnectPacketsMayBeLongerAndOneThatIsTooLongClosesTheConnection() throws IOException {
        server.close();
        server = transport.builder().maxPacketSize(10_000).start();
        try (RawClient client = RawClient.connect(server)) {
            BucketId bucket = id(Permission.values());
            BucketKey key = client.create(bucket);
            int overhead = 17 + 2 + 2 + 16; // header, index, length and tag
            client.put(bucket, key, Slot.of(0, new byte[10_000 - overhead]));
            client.send(putting(bucket, Slot.of(0, new byte[10_001 - overhead])), key);
            client.socket().expectEnd();
            assertThat(server.bucket(bucket).orElseThrow().get(0).length()).isEqualTo(10_000 - overhead);
        }
    }

    @Test
    void requestsAreCountedByType() throws IOException {
        try (RawClient client = RawClient.connect(server)) {
            BucketId bucket = id(Permission.values());
            BucketKey key = client.create(bucket);
            client.ask(putting(bucket), key);
            client.ask(putting(bucket), WRONG_KEY);
            client.ask(putting(id()), null);
            assertThat(server.received(PacketType.CREATE)).isEqualTo(1);
            assertThat(server.received(PacketType.PUT)).isEqualTo(3);
            assertThat(server.received(PacketType.CONNECT)).isZero();
        }
    }

    private static byte[] header(int typeFlags, BucketId bucket) {
        byte[] header = putting(bucket).header();
        header[0] = (byte) typeFlags;
        return header;
    }
}
