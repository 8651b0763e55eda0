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
        return assertRefused(reason, call, "");
    }

    /** @param description which of many cases it is; formatted with {@code args} */
    public static AbstractThrowableAssert<?, ?> assertRefused(
            Reason reason, ThrowingCallable call, String description, Object... args) {
        return assertRefused(reason.code(), call, String.format(description, args));
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
