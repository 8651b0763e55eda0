package io.plabble.samples.webflux.board;

import io.plabble.protocol.ErrorCode;
import io.plabble.protocol.PlabbleServerException;
import java.util.Set;
import java.util.function.Predicate;

/** Tells the refusals of a server apart. */
final class Refusal {
    private Refusal() {}

    /** Whether a failure is an ERROR with one of these codes. */
    static Predicate<Throwable> with(ErrorCode... codes) {
        Set<ErrorCode> any = Set.of(codes);
        return failure -> failure instanceof PlabbleServerException refusal
                && refusal.errorCode().filter(any::contains).isPresent();
    }
}
