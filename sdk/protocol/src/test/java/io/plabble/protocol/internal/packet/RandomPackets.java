package io.plabble.protocol.internal.packet;

import io.plabble.protocol.BucketId;
import io.plabble.protocol.PacketType;
import io.plabble.protocol.Slot;
import io.plabble.protocol.SlotRange;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Well-formed requests and responses of every kind, by chance. */
public final class RandomPackets {
    private static final int LAST_COUNTER = 65_534;
    private static final int MOST_PARTS = 4;
    private static final int MOST_BYTES = 300; // so that lengths of one byte and of two come up
    private static final List<PacketType> ACKNOWLEDGED = List.of(
            PacketType.CREATE,
            PacketType.PUT,
            PacketType.APPEND,
            PacketType.WIPE,
            PacketType.SUBSCRIBE,
            PacketType.UNSUBSCRIBE);

    private final Random random;

    public RandomPackets(Random random) {
        this.random = random;
    }

    public BucketRequest request() {
        BucketId bucket = BucketId.of(bytes(BucketId.LENGTH));
        return switch (random.nextInt(8)) {
            case 0 ->
                new CreateRequest(
                        bucket, random.nextBoolean(), random.nextBoolean() ? Optional.of(range()) : Optional.empty());
            case 1 -> new PutRequest(bucket, some(this::slot));
            case 2 -> new AppendRequest(bucket, some(() -> ByteBuffer.wrap(content())));
            case 3 -> new WipeRequest(bucket, range());
            case 4 -> new DeleteRequest(bucket);
            case 5 -> new ReadRequest(bucket, range(), random.nextBoolean());
            case 6 -> new SubscribeRequest(bucket, range());
            default -> new UnsubscribeRequest(bucket);
        };
    }

    public BucketResponse response() {
        return switch (random.nextInt(3)) {
            case 0 -> new SlotsResponse(counter(), some(this::slot));
            case 1 -> new ErrorResponse(counter(), random.nextInt(256), text());
            default -> new Acknowledgement(ACKNOWLEDGED.get(random.nextInt(ACKNOWLEDGED.size())), counter());
        };
    }

    public int counter() {
        return random.nextInt(LAST_COUNTER + 1);
    }

    public byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private SlotRange range() {
        int start = index();
        return switch (random.nextInt(3)) {
            case 0 -> SlotRange.all();
            case 1 -> SlotRange.from(start);
            default -> SlotRange.of(start, start + random.nextInt(Slot.LAST_INDEX + 1 - start));
        };
    }

    private Slot slot() {
        return Slot.of(index(), content());
    }

    private int index() {
        return random.nextInt(Slot.LAST_INDEX + 1);
    }

    private byte[] content() {
        return bytes(random.nextInt(MOST_BYTES));
    }

    /** Any code points but those that UTF-8 cannot write. */
    private String text() {
        return random.ints(random.nextInt(MOST_PARTS), 0, Character.MAX_CODE_POINT + 1)
                .filter(codePoint -> codePoint < Character.MIN_SURROGATE || codePoint > Character.MAX_SURROGATE)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private <T> List<T> some(Supplier<T> part) {
        return Stream.generate(part).limit(random.nextInt(MOST_PARTS)).toList();
    }
}
