package io.plabble.protocol.certificate;

import java.util.Arrays;
import java.util.Optional;

/**
 * A strict parser of IP address literals that never asks DNS (D16): four decimal numbers without leading zeros, or the IPv6
 * forms of RFC 4291 §2.2. No {@code 127.1}, no zone ids, no brackets, no IPv4-mapped addresses.
 */
final class IpLiteral {
    private static final int IPV6_GROUPS = 8;

    private IpLiteral() {}

    /** 4 or 16 bytes, or empty if the text is no address. */
    static Optional<byte[]> parse(String text) {
        return text.indexOf(':') < 0 ? ipv4(text) : ipv6(text).filter(bytes -> !isIpv4Mapped(bytes));
    }

    private static Optional<byte[]> ipv4(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length != 4) {
            return Optional.empty();
        }
        byte[] bytes = new byte[4];
        for (int i = 0; i < 4; i++) {
            int value = number(parts[i], 10, 3);
            if (value < 0 || value > 255 || (parts[i].length() > 1 && parts[i].charAt(0) == '0')) {
                return Optional.empty();
            }
            bytes[i] = (byte) value;
        }
        return Optional.of(bytes);
    }

    private static Optional<byte[]> ipv6(String text) {
        int gap = text.indexOf("::");
        if (gap < 0) {
            return groups(text, true).filter(bytes -> bytes.length == 2 * IPV6_GROUPS);
        }
        Optional<byte[]> head = groups(text.substring(0, gap), false);
        Optional<byte[]> tail = groups(text.substring(gap + 2), true);
        // "::" stands for at least one group.
        if (head.isEmpty() || tail.isEmpty() || head.get().length + tail.get().length > 2 * (IPV6_GROUPS - 1)) {
            return Optional.empty();
        }
        byte[] bytes = Arrays.copyOf(head.get(), 2 * IPV6_GROUPS);
        System.arraycopy(tail.get(), 0, bytes, bytes.length - tail.get().length, tail.get().length);
        return Optional.of(bytes);
    }

    /** {@code atEnd}: only the last 32 bits of an address may be written as an IPv4 address. */
    private static Optional<byte[]> groups(String text, boolean atEnd) {
        if (text.isEmpty()) {
            return Optional.of(new byte[0]);
        }
        String[] parts = text.split(":", -1);
        if (parts.length > IPV6_GROUPS) {
            return Optional.empty();
        }
        byte[] bytes = new byte[2 * IPV6_GROUPS];
        int length = 0;
        for (int i = 0; i < parts.length; i++) {
            Optional<byte[]> group =
                    atEnd && i == parts.length - 1 && parts[i].indexOf('.') >= 0 ? ipv4(parts[i]) : group(parts[i]);
            if (group.isEmpty() || length + group.get().length > bytes.length) {
                return Optional.empty();
            }
            System.arraycopy(group.get(), 0, bytes, length, group.get().length);
            length += group.get().length;
        }
        return Optional.of(Arrays.copyOf(bytes, length));
    }

    private static Optional<byte[]> group(String text) {
        int value = number(text, 16, 4);
        return value < 0 ? Optional.empty() : Optional.of(new byte[] {(byte) (value >> 8), (byte) value});
    }

    /** The value of ASCII digits only, or -1; {@link Integer#parseInt} would take signs and other scripts' digits. */
    private static int number(String text, int radix, int mostDigits) {
        if (text.isEmpty() || text.length() > mostDigits) {
            return -1;
        }
        int value = 0;
        for (int i = 0; i < text.length(); i++) {
            int digit = text.charAt(i) < 0x80 ? Character.digit(text.charAt(i), radix) : -1;
            if (digit < 0) {
                return -1;
            }
            value = value * radix + digit;
        }
        return value;
    }

    /** ::ffff:0:0/96 (RFC 4291 §2.5.5.2). */
    private static boolean isIpv4Mapped(byte[] bytes) {
        for (int i = 0; i < 10; i++) {
            if (bytes[i] != 0) {
                return false;
            }
        }
        return bytes[10] == (byte) 0xff && bytes[11] == (byte) 0xff;
    }
}
