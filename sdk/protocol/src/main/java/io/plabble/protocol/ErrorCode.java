package io.plabble.protocol;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The error codes that the protocol assigns (§9). Codes 128 to 255 are free for applications. */
public enum ErrorCode {
    INTERNAL_SERVER_ERROR(1),
    UNSUPPORTED_PROTOCOL_VERSION(2),
    PERMISSION_DENIED(3),
    AUTHENTICATION_FAILED(4),
    PAYLOAD_TOO_LARGE(5),
    BAD_REQUEST(6),
    /** Assigned but never sent (D20). */
    BUCKET_UPDATE(12, "bucket update (partial content)"),
    BUCKET_DOES_NOT_EXIST(21),
    NO_CERTIFICATE_AVAILABLE(31),
    COULD_NOT_UPGRADE_TO_ENCRYPTED_CONNECTION(32),
    BUCKET_ALREADY_EXISTS(41),
    SLOT_ALREADY_TAKEN(51),
    BUCKET_FULL(61),
    BUCKET_MAY_NOT_BE_DELETED(71);

    private static final int FIRST_FREE = 128;

    private final int code;
    private final String meaning;

    ErrorCode(int code) {
        this.code = code;
        this.meaning = name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    ErrorCode(int code, String meaning) {
        this.code = code;
        this.meaning = meaning;
    }

    /** The byte on the wire. */
    public int code() {
        return code;
    }

    /** What it means, in the protocol's words. */
    public String meaning() {
        return meaning;
    }

    /** The assigned code, or empty for free and reserved ones. */
    public static Optional<ErrorCode> of(int code) {
        return Arrays.stream(values()).filter(known -> known.code == code).findFirst();
    }

    /** Whether applications may give this code a meaning of their own: 128 to 255. */
    public static boolean isFree(int code) {
        return code >= FIRST_FREE && code <= 0xff;
    }
}
