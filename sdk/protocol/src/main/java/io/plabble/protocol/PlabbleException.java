package io.plabble.protocol;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The root of everything this SDK signals. The message says what happened, with whom, at which step, and what to do; it
 * never holds a key, and what a peer wrote appears in it escaped.
 */
public abstract class PlabbleException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Reason reason;
    private final String message;
    private @Nullable String place;
    private boolean requestWritten;
    // Never serialized: an exception may travel to where a key must not.
    private transient @Nullable BucketId bucketId;
    private transient @Nullable BucketCandidate candidate;

    protected PlabbleException(Reason reason, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.message = Objects.requireNonNull(message, "message");
        this.reason = Objects.requireNonNull(reason, "reason");
    }

    /** Why, by one of the stable names of §11 of the protocol page. */
    public final Reason reason() {
        return reason;
    }

    /** The bucket that the failed request or subscription was about, if it was about one. */
    public final Optional<BucketId> bucketId() {
        return Optional.ofNullable(bucketId);
    }

    /**
     * Whether the failed request of a session had been written to the connection. If not, the server has certainly not seen it, and
     * it is safe to repeat; if so, it may have been carried out, unless the server's answer says otherwise. Always false of connecting,
     * and of a subscription that had begun: both are safe to repeat.
     */
    public final boolean requestWritten() {
        return requestWritten;
    }

    /** After a CREATE that was written and has failed, or was never answered: the only id and key that would open the bucket. */
    public final Optional<BucketCandidate> candidate() {
        return Optional.ofNullable(candidate);
    }

    /** Not API: says where it happened, once known; the first to know wins. */
    public final PlabbleException locate(String where) {
        if (place == null) {
            place = where;
        }
        return this;
    }

    /** Not API: says which request it happened to. */
    public final PlabbleException during(BucketId bucket, boolean written, @Nullable BucketCandidate created) {
        bucketId = bucket;
        requestWritten = written;
        candidate = created;
        return this;
    }

    /** What happened, after where it happened. */
    @Override
    public final String getMessage() {
        return place == null ? message : place + ": " + message;
    }
}
