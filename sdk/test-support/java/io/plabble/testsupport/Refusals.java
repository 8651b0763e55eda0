package io.plabble.testsupport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plabble.protocol.PlabbleException;
import io.plabble.protocol.Reason;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Assertions about what the SDK refuses, and with which reason. */
public final class Refusals {
    private Refusals() {}

    public static AbstractThrowableAssert<?, ?> assertRefused(Reason reason, ThrowingCallable call) {
        return assertRefused(reason.code(), call);
    }

    /** @param reason the stable name, as in the vectors */
    public static AbstractThrowableAssert<?, ?> assertRefused(String reason, ThrowingCallable call) {
        return assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        PlabbleException.class,
                        e -> assertThat(e.reason().code()).as(e.getMessage()).isEqualTo(reason));
    }
}
