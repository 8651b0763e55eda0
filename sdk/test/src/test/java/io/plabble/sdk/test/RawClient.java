package io.plabble.sdk.test;

import io.plabble.protocol.BucketId;
import io.plabble.protocol.BucketKey;
import io.plabble.protocol.Permission;
import io.plabble.protocol.Slot;
import io.plabble.protocol.SlotRange;
import io.plabble.protocol.crypto.SharedSecret;
import io.plabble.protocol.internal.connect.ConnectExchange;
import io.plabble.protocol.internal.crypto.SessionKeyPair;
import io.plabble.protocol.internal.crypto.SessionRandom;
import io.plabble.protocol.internal.packet.Acknowledgement;
import io.plabble.protocol.internal.packet.AppendRequest;
import io.plabble.protocol.internal.packet.BucketRequest;
import io.plabble.protocol.internal.packet.BucketResponse;
import io.plabble.protocol.internal.packet.ConnectRequest;
import io.plabble.protocol.internal.packet.ConnectResponse;
import io.plabble.protocol.internal.packet.CreateRequest;
import io.plabble.protocol.internal.packet.ErrorResponse;
import io.plabble.protocol.internal.packet.PutRequest;
import io.plabble.protocol.internal.packet.ReadRequest;
import io.plabble.protocol.internal.packet.Response;
import io.plabble.protocol.internal.packet.SlotsResponse;
import io.plabble.protocol.internal.protection.PacketProtection;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A client that does what it is told, packet by packet, over whatever the server speaks. */
final class RawClient implements AutoCloseable {
    static final int DONE = 0;

    private final Packets socket;
    private final PacketProtection protection;
    private int clientCounter;
    private int serverCounter;

    private RawClient(Packets socket, PacketProtection protection) {
        this.socket = socket;
        this.protection = protection;
    }

    /** After CONNECT, encrypted. */
    static RawClient connect(PlabbleTestServer server) throws IOException {
        return connect(server, true);
    }

    static RawClient connect(PlabbleTestServer server, boolean encrypted) throws IOException {
        SessionKeyPair keyPair = SessionKeyPair.generate(SessionRandom.seeded());
        ConnectRequest request = ConnectExchange.request(keyPair, encrypted, false);
        Packets socket = Packets.connect(server);
        socket.writePacket(request.encoded());
        ConnectResponse response = ConnectExchange.response(request, socket.readPacket());
        ConnectExchange.verifySignature(request, response, List.of(server.identityKey()));
        SharedSecret secret = ConnectExchange.agreeOnSecret(keyPair, response.serverPublicKey());
        return new RawClient(socket, PacketProtection.of(secret, encrypted));
    }

    RawClient startingAt(int client, int server) {
        clientCounter = client;
        serverCounter = server;
        return this;
    }

    Packets socket() {
        return socket;
    }

    /** The counter that it was sent with. */
    int send(BucketRequest request, @Nullable BucketKey key) throws IOException {
        return send(request.header(), request.body(), key);
    }

    /** Seals whatever it is. */
    int send(byte[] header, byte[] body, @Nullable BucketKey key) throws IOException {
        return sendPacket(sealed(header, body, key));
    }

    /** What {@link #send} would send next. */
    byte[] sealed(byte[] header, byte[] body, @Nullable BucketKey key) {
        return protection.seal(clientCounter, header, body, key);
    }

    /** Sends a packet as it is, as the one with the next counter. */
    int sendPacket(byte[] packet) throws IOException {
        socket.writePacket(packet);
        return clientCounter++;
    }

    /** The next packet, authenticated: {@code TypeFlags[1] Counter[2] Body}. */
    byte[] readPlain() throws IOException {
        byte[] packet = socket.readPacket();
        byte[] header = protection.openHeader(serverCounter, packet, Response.HEADER_LENGTH);
        ByteBuffer body = protection.openBody(serverCounter, header, packet, null);
        serverCounter++;
        return ByteBuffer.allocate(header.length + body.remaining())
                .put(header)
                .put(body)
                .array();
    }

    BucketResponse read() throws IOException {
        byte[] plain = readPlain();
        return BucketResponse.decode(
                Arrays.copyOf(plain, Response.HEADER_LENGTH),
                ByteBuffer.wrap(Arrays.copyOfRange(plain, Response.HEADER_LENGTH, plain.length)));
    }

    BucketResponse ask(BucketRequest request, @Nullable BucketKey key) throws IOException {
        send(request, key);
        return read();
    }

    /** The code of the ERROR, or {@link #DONE}. */
    int code(BucketRequest request, @Nullable BucketKey key) throws IOException {
        return code(ask(request, key));
    }

    /** The code that a sealed something is answered with. */
    int code(byte[] header, byte[] body, @Nullable BucketKey key) throws IOException {
        send(header, body, key);
        return code(read());
    }

    private static int code(BucketResponse answer) {
        return answer instanceof ErrorResponse error ? error.code() : DONE;
    }

    /** A new bucket's key. */
    BucketKey create(BucketId bucket) throws IOException {
        return create(new CreateRequest(bucket, false, Optional.empty()));
    }

    BucketKey create(CreateRequest request) throws IOException {
        BucketKey key = protection.bucketKey(request.bucketId(), clientCounter);
        requireDone(ask(request, null));
        return key;
    }

    /** Puts as the holder of the key. */
    void put(BucketId bucket, BucketKey key, Slot... slots) throws IOException {
        requireDone(ask(new PutRequest(bucket, List.of(slots)), key));
    }

    List<Slot> slots(BucketId bucket, @Nullable BucketKey key) throws IOException {
        return ((SlotsResponse) ask(new ReadRequest(bucket, SlotRange.all(), false), key)).slots();
    }

    private static void requireDone(BucketResponse answer) {
        if (!(answer instanceof Acknowledgement)) {
            throw new AssertionError(answer);
        }
    }

    /** A new id of a bucket that lives for ever. */
    static BucketId id(Permission... permissions) {
        return BucketId.generate(0, Set.of(permissions));
    }

    static PutRequest putting(BucketId bucket, Slot... slots) {
        return new PutRequest(bucket, List.of(slots));
    }

    static AppendRequest appending(BucketId bucket, String... contents) {
        return new AppendRequest(
                bucket,
                Arrays.stream(contents)
                        .map(text -> ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)))
                        .toList());
    }

    static ErrorResponse error(int requestCounter, int code) {
        return new ErrorResponse(requestCounter, code, "");
    }

    /** Closes the connection abruptly or not, as sockets do. */
    @Override
    public void close() throws IOException {
        socket.close();
        protection.destroy();
    }
}
