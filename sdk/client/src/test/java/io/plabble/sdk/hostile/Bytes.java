package io.plabble.sdk.hostile;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/** How rows write and bend bytes; none of these changes its argument. */
final class Bytes {
    private Bytes() {}

    static byte[] hex(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static byte[] of(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            whole.writeBytes(part);
        }
        return whole.toByteArray();
    }

    static byte[] filled(int length, int value) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }

    /** With one bit turned, counted from bit #1 of the first byte. */
    static byte[] flipped(byte[] bytes, int bit) {
        byte[] bent = bytes.clone();
        bent[bit / 8] ^= (byte) (1 << bit % 8);
        return bent;
    }

    static byte[] withTopBit(byte[] bytes) {
        byte[] bent = bytes.clone();
        bent[bent.length - 1] |= (byte) 0x80;
        return bent;
    }

    static byte[] reversed(byte[] bytes) {
        byte[] bent = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            bent[i] = bytes[bytes.length - 1 - i];
        }
        return bent;
    }
}
