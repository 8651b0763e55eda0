package io.plabble.samples.cli;

import io.plabble.protocol.ErrorCode;
import io.plabble.protocol.PacketType;
import io.plabble.protocol.PeerText;
import io.plabble.protocol.PlabbleTimestamp;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A packet's bytes with the names that the protocol page gives them (§3 to §9). It maps whatever there is: a packet that ends
 * early, or goes on for longer than it should, is shown all the same.
 */
final class PacketMap {
    private static final int TYPE_BITS = 0x0f;
    private static final int FLAG_5 = 0x10;
    private static final int FLAG_6 = 0x20;
    private static final int FLAG_7 = 0x40;
    private static final int FLAG_8 = 0x80;
    private static final int ID_BYTES = 16;
    private static final int KEY_BYTES = 32;
    private static final int SIGNATURE_BYTES = 64;
    private static final int TAG_BYTES = 16;
    private static final int REQUEST_HEADER_BYTES = 17;
    private static final int RESPONSE_HEADER_BYTES = 3;
    private static final int MOST_LENGTH_BYTES = 4;

    /**
     * One field.
     *
     * @param offset of its first byte in the packet, Length not counted
     * @param meaning its value read, where there is something to read
     */
    record Field(int offset, byte[] bytes, String name, String meaning) {}

    private final boolean sent;
    private final ByteBuffer rest;
    private final List<Field> fields = new ArrayList<>();

    private PacketMap(boolean sent, byte[] packet) {
        this.sent = sent;
        this.rest = ByteBuffer.wrap(packet);
    }

    /** @param encrypted whether header and body are not to be read (§7) */
    static List<Field> of(boolean sent, boolean encrypted, byte[] packet) {
        PacketMap map = new PacketMap(sent, packet);
        if (encrypted) {
            map.encrypted();
        } else {
            map.plain();
        }
        return map.fields;
    }

    private void encrypted() {
        take(sent ? REQUEST_HEADER_BYTES : RESPONSE_HEADER_BYTES, "Header", "encrypted");
        take(Math.max(0, rest.remaining() - TAG_BYTES), "Body", "encrypted");
        take(TAG_BYTES, "Tag", "");
    }

    private void plain() {
        byte typeFlags = take(1, "TypeFlags", this::typeFlags)[0];
        boolean hasMac = (typeFlags & FLAG_5) != 0;
        PacketType type = PacketType.of(typeFlags & TYPE_BITS).orElse(null);
        if (!sent) {
            take(2, "Counter", PacketMap::u16);
        } else if (type != PacketType.CONNECT) {
            take(ID_BYTES, "BucketId", "");
        }
        int mac = hasMac ? Math.min(TAG_BYTES, rest.remaining()) : 0;
        rest.limit(rest.limit() - mac);
        if (type != null) {
            body(type);
        }
        take(rest.remaining(), "Body", "");
        rest.limit(rest.limit() + mac);
        take(mac, "Mac", "");
    }

    private void body(PacketType type) {
        switch (type) {
            case CONNECT -> connect();
            case ERROR -> {
                take(1, "Code", PacketMap::code);
                take(rest.remaining(), "Message", PacketMap::text);
            }
            case PUT -> {
                while (sent && rest.hasRemaining()) {
                    take(2, "Index", PacketMap::u16);
                    content();
                }
            }
            case APPEND -> {
                while (sent && rest.hasRemaining()) {
                    content();
                }
            }
            case REQUEST -> {
                if (sent) {
                    range();
                }
                while (rest.hasRemaining()) {
                    take(2, "Index", PacketMap::u16);
                    content();
                }
            }
            case CREATE, WIPE, SUBSCRIBE -> {
                if (sent) {
                    range();
                }
            }
            case UNSUBSCRIBE -> {}
        }
    }

    private void connect() {
        if (sent) {
            take(1, "Version", PacketMap::u8);
            take(KEY_BYTES, "ClientPublicKey", "");
            return;
        }
        take(KEY_BYTES, "ServerPublicKey", "");
        take(SIGNATURE_BYTES, "Signature", "");
        for (int number = 1; rest.hasRemaining(); number++) {
            certificate("Certificate " + number + " ");
        }
    }

    private void certificate(String prefix) {
        int length = Byte.toUnsignedInt(take(1, prefix + "Length", PacketMap::u8)[0]);
        int end = Math.min(rest.position() + length, rest.limit());
        int limit = rest.limit();
        rest.limit(end);
        take(KEY_BYTES, prefix + "PublicKey", "");
        take(Integer.BYTES, prefix + "ValidFrom", PacketMap::timestamp);
        take(Integer.BYTES, prefix + "ValidTo", PacketMap::timestamp);
        take(SIGNATURE_BYTES, prefix + "Signature", "");
        take(rest.remaining(), prefix + "Name", PacketMap::text);
        rest.limit(limit);
    }

    private void range() {
        take(2, "Start", PacketMap::u16);
        take(2, "End", PacketMap::u16);
    }

    private void content() {
        int bytes = 0;
        int length = 0;
        for (boolean more = true; more && bytes < Math.min(MOST_LENGTH_BYTES, rest.remaining()); bytes++) {
            int next = rest.get(rest.position() + bytes);
            length |= (next & 0x7f) << (7 * bytes);
            more = (next & 0x80) != 0;
        }
        take(bytes, "Length", String.valueOf(length));
        take(
                length,
                "Content",
                content -> Text.utf8(ByteBuffer.wrap(content))
                        .map(PeerText::printable)
                        .orElse(""));
    }

    private byte[] take(int length, String name, String meaning) {
        return take(length, name, bytes -> meaning);
    }

    /** As many of these bytes as there are; none make no field. */
    private byte[] take(int length, String name, Function<byte[], String> meaning) {
        byte[] bytes = new byte[Math.min(length, rest.remaining())];
        int offset = rest.position();
        rest.get(bytes);
        if (bytes.length > 0) {
            fields.add(new Field(offset, bytes, name, bytes.length < length ? "cut off" : meaning.apply(bytes)));
        }
        return Arrays.copyOf(bytes, length);
    }

    private String typeFlags(byte[] bytes) {
        int flags = bytes[0];
        PacketType type = PacketType.of(flags & TYPE_BITS).orElse(null);
        String name = type == null ? "reserved type " + (flags & TYPE_BITS) : type.name();
        String set = IntStream.of(FLAG_5, FLAG_6, FLAG_7, FLAG_8)
                .filter(flag -> (flags & flag) != 0)
                .mapToObj(flag -> flag(flag, type))
                .collect(Collectors.joining(", "));
        return set.isEmpty() ? name : name + "; " + set;
    }

    private String flag(int flag, @Nullable PacketType type) {
        return switch (flag) {
            case FLAG_5 -> "#5 MAC follows";
            case FLAG_6 -> "#6 " + (sent ? requestFlag6(type) : "reserved");
            case FLAG_7 -> "#7 " + (sent ? requestFlag7(type) : "reserved");
            default -> "#8 reserved";
        };
    }

    private static String requestFlag6(@Nullable PacketType type) {
        if (type == PacketType.CONNECT) {
            return "encrypt";
        }
        if (type == PacketType.WIPE) {
            return "delete the bucket";
        }
        return type == PacketType.CREATE || type == PacketType.REQUEST ? "also subscribe" : "reserved";
    }

    private static String requestFlag7(@Nullable PacketType type) {
        if (type == PacketType.CONNECT) {
            return "send the certificates";
        }
        return type == PacketType.CREATE ? "RAM bucket" : "reserved";
    }

    private static String code(byte[] bytes) {
        int code = Byte.toUnsignedInt(bytes[0]);
        return code + ErrorCode.of(code).map(known -> " " + known.meaning()).orElse("");
    }

    private static String u8(byte[] bytes) {
        return String.valueOf(Byte.toUnsignedInt(bytes[0]));
    }

    private static String u16(byte[] bytes) {
        return String.valueOf(Short.toUnsignedInt(ByteBuffer.wrap(bytes).getShort()));
    }

    private static String timestamp(byte[] bytes) {
        return new PlabbleTimestamp(
                        Integer.toUnsignedLong(ByteBuffer.wrap(bytes).getInt()))
                .toString();
    }

    private static String text(byte[] bytes) {
        return PeerText.printable(new String(bytes, StandardCharsets.UTF_8));
    }
}
