package io.plabble.protocol;

/** Makes text that a peer wrote fit to be shown: it cannot move a cursor, break a log line or hide what follows. */
public final class PeerText {
    private static final int MOST_CHARACTERS = 256;
    private static final String CUT = "…";

    private PeerText() {}

    /**
     * The text with everything that is not visible as itself escaped as <code>&#92;u{hex}</code>: control and format
     * characters (bidirectional overrides among them), line separators, unpaired surrogates and unassigned code points.
     *
     * @return at most 256 characters
     */
    public static String printable(String text) {
        StringBuilder shown = new StringBuilder(Math.min(text.length(), MOST_CHARACTERS));
        for (int i = 0; i < text.length(); ) {
            int codePoint = text.codePointAt(i);
            i += Character.charCount(codePoint);
            String piece = isVisible(codePoint)
                    ? Character.toString(codePoint)
                    : "\\u{" + Integer.toHexString(codePoint) + "}";
            if (shown.length() + piece.length() > MOST_CHARACTERS - CUT.length()) {
                // Only what does not fit as a whole is marked as cut.
                return i == text.length() && shown.length() + piece.length() <= MOST_CHARACTERS
                        ? shown.append(piece).toString()
                        : shown.append(CUT).toString();
            }
            shown.append(piece);
        }
        return shown.toString();
    }

    private static boolean isVisible(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
