package io.plabble.sdk.test;

import io.plabble.protocol.BucketId;
import io.plabble.protocol.ErrorCode;
import io.plabble.protocol.Slot;
import io.plabble.protocol.internal.packet.Acknowledgement;
import io.plabble.protocol.internal.packet.BucketResponse;
import io.plabble.protocol.internal.packet.ErrorResponse;
import io.plabble.protocol.internal.packet.SlotsResponse;
import java.util.List;
import java.util.Optional;

/**
 * What has come of a request (§8).
 *
 * @param changes what subscribers are to hear of, in order; a wiped slot is one without content (D13)
 * @param deleted the bucket that is gone, whose subscriptions end
 */
record Outcome(BucketResponse answer, List<Slot> changes, Optional<BucketId> deleted) {
    private static final String NO_MESSAGE = "";

    /** It is done, and no slot has changed. */
    static Outcome done(AuthenticRequest request) {
        return changed(request, List.of());
    }

    static Outcome changed(AuthenticRequest request, List<Slot> changes) {
        return new Outcome(acknowledgement(request), changes, Optional.empty());
    }

    static Outcome deleted(AuthenticRequest request, List<Slot> changes) {
        return new Outcome(
                acknowledgement(request), changes, Optional.of(request.request().bucketId()));
    }

    static Outcome read(AuthenticRequest request, List<Slot> slots) {
        return new Outcome(new SlotsResponse(request.counter(), slots), List.of(), Optional.empty());
    }

    static Outcome refused(int counter, ErrorCode code) {
        return refused(counter, code.code(), NO_MESSAGE);
    }

    static Outcome refused(int counter, int code, String message) {
        return new Outcome(new ErrorResponse(counter, code, message), List.of(), Optional.empty());
    }

    private static Acknowledgement acknowledgement(AuthenticRequest request) {
        return new Acknowledgement(request.request().type(), request.counter());
    }
}
