package io.plabble.samples.cli;

import io.plabble.protocol.PeerText;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;

/** Bytes and strings of others, made fit to be shown. */
final class Text {
    /** As long as a piece is, {@link PeerText} cuts nothing off, even if each character of it becomes ten. */
    private static final int PIECE = 24;

    private Text() {}

    /** As {@link PeerText#printable}, of any length. */
    static String printable(String text) {
        StringBuilder shown = new StringBuilder(text.length());
        for (int from = 0; from < text.length(); ) {
            int to = Math.min(from + PIECE, text.length());
            if (to < text.length() && Character.isSurrogatePair(text.charAt(to - 1), text.charAt(to))) {
                to--;
            }
            shown.append(PeerText.printable(text.substring(from, to)));
            from = to;
        }
        return shown.toString();
    }

    /** The text, if the bytes are exactly UTF-8. */
    static Optional<String> utf8(ByteBuffer bytes) {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(bytes.duplicate())
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    /** Text escaped, and what is no text in hexadecimal. */
    static String content(ByteBuffer bytes) {
        return utf8(bytes).map(Text::printable).orElseGet(() -> "0x" + hex(bytes));
    }

    private static String hex(ByteBuffer bytes) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.duplicate().get(copy);
        return HexFormat.of().formatHex(copy);
    }
}
