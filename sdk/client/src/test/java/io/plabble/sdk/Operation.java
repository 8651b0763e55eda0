package io.plabble.sdk;

import io.plabble.protocol.PacketType;
import java.util.Arrays;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.reactivestreams.Publisher;

/** Everything that can be asked of a server, for tests of what all of it has in common. */
enum Operation {
    CREATE(PacketType.CREATE, (session, bucket) -> session.createBucket(SessionFixture.ALL_PRIVATE)),
    CREATE_SUBSCRIBED(
            PacketType.CREATE, (session, bucket) -> session.createBucket(SessionFixture.ALL_PRIVATE.subscribed())),
    PUT(PacketType.PUT, (session, bucket) -> bucket.put(0, "put")),
    APPEND(PacketType.APPEND, (session, bucket) -> bucket.append("appended")),
    READ(PacketType.REQUEST, (session, bucket) -> bucket.read()),
    WIPE(PacketType.WIPE, (session, bucket) -> bucket.wipe(0)),
    DELETE(PacketType.WIPE, (session, bucket) -> bucket.delete()),
    UPDATES(PacketType.SUBSCRIBE, (session, bucket) -> bucket.updates()),
    READ_AND_FOLLOW(PacketType.REQUEST, (session, bucket) -> bucket.readAndFollow());

    private final PacketType type;
    private final BiFunction<PlabbleSession, Bucket, Publisher<?>> request;

    Operation(PacketType type, BiFunction<PlabbleSession, Bucket, Publisher<?>> request) {
        this.type = type;
        this.request = request;
    }

    /** The type of its request. */
    PacketType type() {
        return type;
    }

    boolean creates() {
        return type == PacketType.CREATE;
    }

    Publisher<?> of(PlabbleSession session, Bucket bucket) {
        return request.apply(session, bucket);
    }

    /** Every operation in both ways of protection. */
    static Stream<Arguments> inBothModes() {
        return inBothModes(Arrays.stream(values()));
    }

    /** Those on a bucket that should exist. */
    static Stream<Arguments> onBucketsInBothModes() {
        return inBothModes(Arrays.stream(values()).filter(operation -> !operation.creates()));
    }

    private static Stream<Arguments> inBothModes(Stream<Operation> operations) {
        return operations.flatMap(operation ->
                Stream.of(Encryption.ON, Encryption.OFF).map(encryption -> Arguments.of(operation, encryption)));
    }
}
