package io.plabble.protocol;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** The packet types of §3: the low nibble of TypeFlags (D1). */
public enum PacketType {
    CONNECT(0),
    CREATE(1),
    PUT(2),
    APPEND(3),
    WIPE(4),
    REQUEST(5),
    SUBSCRIBE(6),
    UNSUBSCRIBE(7),
    ERROR(15);

    private static final List<Optional<PacketType>> BY_VALUE = IntStream.rangeClosed(0, ERROR.value)
            .mapToObj(value ->
                    Arrays.stream(values()).filter(type -> type.value == value).findFirst())
            .toList();

    private final int value;

    PacketType(int value) {
        this.value = value;
    }

    /** The number on the wire, 0 to 15. */
    public int value() {
        return value;
    }

    /** The type with this number, or empty for the reserved ones, 8 to 14. */
    public static Optional<PacketType> of(int value) {
        return value >= 0 && value < BY_VALUE.size() ? BY_VALUE.get(value) : Optional.empty();
    }
}
