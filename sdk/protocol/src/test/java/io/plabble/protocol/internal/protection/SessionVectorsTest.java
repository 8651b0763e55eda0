package io.plabble.protocol.internal.protection;

import static org.assertj.core.api.Assertions.assertThat;

import io.plabble.protocol.BucketId;
import io.plabble.protocol.BucketKey;
import io.plabble.protocol.crypto.SharedSecret;
import io.plabble.protocol.internal.packet.BucketRequest;
import io.plabble.protocol.internal.packet.BucketResponse;
import io.plabble.protocol.internal.packet.VectorPackets;
import io.plabble.testsupport.Frames;
import io.plabble.testsupport.VectorCase;
import io.plabble.testsupport.VectorSource;
import org.junit.jupiter.params.ParameterizedTest;

/** Whole sessions after CONNECT: both ends, each counting for itself (§6). */
class SessionVectorsTest {
    private static final String FILE = "session.json";
    private static final String LIST = "sessions";
    private static final int ENCRYPTION = 0x20;
    private static final String TYPE = "type";

    @ParameterizedTest
    @VectorSource(file = FILE, list = LIST)
    void everyMessageIsSealedByItsSender(VectorCase session) {
        PacketProtection client = protection(session);
        PacketProtection server = protection(session);
        int clientCounter = 0;
        int serverCounter = 0;
        for (VectorCase message : session.cases("messages")) {
            byte[] packet = isRequest(message)
                    ? Packets.seal(client, clientCounter++, VectorPackets.request(message, TYPE), bucketKey(message))
                    : Packets.seal(server, serverCounter++, VectorPackets.response(message, TYPE));

            assertThat(Frames.withLength(packet)).as("%s", message).isEqualTo(message.bytes("packetWithLength"));
        }
    }

    @ParameterizedTest
    @VectorSource(file = FILE, list = LIST)
    void everyMessageIsOpenedByItsReceiver(VectorCase session) {
        PacketProtection client = protection(session);
        PacketProtection server = protection(session);
        int clientCounter = 0;
        int serverCounter = 0;
        for (VectorCase message : session.cases("messages")) {
            byte[] packet = Frames.packet(message.bytes("packetWithLength"));
            if (isRequest(message)) {
                BucketRequest request = Packets.openRequest(server, clientCounter++, packet, bucketKey(message));
                assertThat(request).as("%s", message).isEqualTo(VectorPackets.request(message, TYPE));
            } else {
                BucketResponse response = Packets.openResponse(client, serverCounter++, packet);
                assertThat(response).as("%s", message).isEqualTo(VectorPackets.response(message, TYPE));
            }
        }
    }

    @ParameterizedTest
    @VectorSource(file = FILE, list = LIST)
    void bothEndsMakeTheKeyOfABucketThatIsCreated(VectorCase session) {
        session.byteStringsByName("bucketKeyOf").forEach((id, key) -> {
            VectorCase create = session.cases("messages").stream()
                    .filter(message -> isRequest(message)
                            && message.text(TYPE).equals("CREATE")
                            && message.text("bucketId").equals(id))
                    .findFirst()
                    .orElseThrow();

            assertThat(protection(session).bucketKey(BucketId.ofHex(id), create.integer("clientCounter")))
                    .isEqualTo(BucketKey.of(key));
        });
    }

    private static PacketProtection protection(VectorCase session) {
        return PacketProtection.of(SharedSecret.of(session.bytes("sessionKey")), session.hasFlag(ENCRYPTION));
    }

    private static boolean isRequest(VectorCase message) {
        return message.text("from").equals("client");
    }

    private static BucketKey bucketKey(VectorCase message) {
        return message.optionalBytes("bucketKey").map(BucketKey::of).orElse(null);
    }
}
