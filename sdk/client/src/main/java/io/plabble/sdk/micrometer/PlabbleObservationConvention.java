package io.plabble.sdk.micrometer;

import io.micrometer.common.KeyValues;
import io.micrometer.observation.ObservationConvention;
import io.plabble.protocol.PlabbleException;
import io.plabble.protocol.PlabbleServerException;
import io.plabble.sdk.micrometer.PlabbleObservation.Key;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What {@link ConnectObservationConvention} and {@link RequestObservationConvention} have in common. */
public abstract class PlabbleObservationConvention implements ObservationConvention<PlabbleObservationContext> {
    private static final String NONE = "none";
    private static final String OTHER = "other";

    PlabbleObservationConvention() {}

    @Override
    public KeyValues getLowCardinalityKeyValues(PlabbleObservationContext context) {
        return KeyValues.of(
                Key.TRANSPORT.withValue(context.peer().transport()),
                Key.SERVER_NAME.withValue(context.peer().serverName()),
                Key.OUTCOME.withValue(context.outcome()),
                Key.REASON.withValue(reason(context.getError())),
                Key.CODE.withValue(code(context.getError())));
    }

    /** {@code plabble} and what is sent, such as {@code plabble put}. */
    @Override
    public String getContextualName(PlabbleObservationContext context) {
        return "plabble " + lowerCase(context.packetType());
    }

    private static String reason(@Nullable Throwable error) {
        return error instanceof PlabbleException ours ? ours.reason().code() : error == null ? NONE : OTHER;
    }

    /** A server may send any of 256 codes: those without a name share one. */
    private static String code(@Nullable Throwable error) {
        return error instanceof PlabbleServerException answer
                ? answer.errorCode()
                        .map(PlabbleObservationConvention::lowerCase)
                        .orElse(OTHER)
                : NONE;
    }

    static String lowerCase(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
