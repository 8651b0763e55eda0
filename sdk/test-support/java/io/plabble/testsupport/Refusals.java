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

    /**
     * Asserts the reason that the vectors give.
     *
     * @param reason the stable name
     */
    public static AbstractThrowableAssert<?, ?> assertRefused(String reason, ThrowingCallable call) {
        return assertRefused(reason, call, "");
    }

    /**
     * Asserts the reason of one case among many.
     *
     * @param description which of the cases it is
     */
    public static AbstractThrowableAssert<?, ?> assertRefused(
            Reason reason, ThrowingCallable call, String description) {
        return assertRefused(reason.code(), call, description);
    }

    private static AbstractThrowableAssert<?, ?> assertRefused(
            String reason, ThrowingCallable call, String description) {
        return assertThatThrownBy(call, "%s", description)
                .isInstanceOfSatisfying(
                        PlabbleException.class,
                        e -> assertThat(e.reason().code())
                                .as("%s %s", description, e.getMessage())
                                .isEqualTo(reason));
    }
}
