package io.plabble.samples.cli;

import io.plabble.protocol.BucketId;
import io.plabble.protocol.Permission;
import io.plabble.protocol.PlabbleConfigurationException;
import io.plabble.protocol.SlotRange;
import io.plabble.protocol.crypto.IdentityKey;
import io.plabble.sdk.Encryption;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** How arguments are written; what is written otherwise is wrong usage, and the message says what would be right. */
final class Arguments {
    private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})(ms|s|m|h)");
    private static final Pattern RANGE = Pattern.compile("([0-9]{1,9})(\\.\\.([0-9]{1,9})?)?");

    private Arguments() {}

    static void register(CommandLine line) {
        line.registerConverter(Endpoint.class, Endpoint::parse)
                .registerConverter(Duration.class, Arguments::duration)
                .registerConverter(Instant.class, Arguments::instant)
                .registerConverter(SlotRange.class, checked(Arguments::range))
                .registerConverter(BucketId.class, checked(BucketId::ofHex))
                .registerConverter(IdentityKey.class, checked(IdentityKey::ofHex))
                .registerConverter(Encryption.class, oneOf(Encryption.class))
                .registerConverter(Permission.class, oneOf(Permission.class))
                .registerConverter(Colour.class, oneOf(Colour.class));
    }

    /** {@code 10s}, {@code 500ms}, {@code 2m}, {@code 1h}, or ISO 8601 as {@code PT10S}. */
    static Duration duration(String text) {
        Matcher form = DURATION.matcher(text);
        if (form.matches()) {
            long amount = Long.parseLong(form.group(1));
            return switch (form.group(2)) {
                case "ms" -> Duration.ofMillis(amount);
                case "s" -> Duration.ofSeconds(amount);
                case "m" -> Duration.ofMinutes(amount);
                default -> Duration.ofHours(amount);
            };
        }
        try {
            return Duration.parse(text);
        } catch (DateTimeParseException e) {
            throw new TypeConversionException("'" + text + "' is no duration such as 10s, 500ms, 2m or PT10S");
        }
    }

    static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new TypeConversionException("'" + text + "' is no instant such as 2026-11-25T12:00:00Z");
        }
    }

    /** {@code 5}, {@code 5..9} with both ends inclusive, or {@code 5..} to the bucket's end. */
    static SlotRange range(String text) {
        Matcher form = RANGE.matcher(text);
        if (!form.matches()) {
            throw new TypeConversionException("'" + text + "' is no range such as 5, 5..9 or 5..");
        }
        int start = Integer.parseInt(form.group(1));
        if (form.group(2) == null) {
            return SlotRange.slot(start);
        }
        return form.group(3) == null ? SlotRange.from(start) : SlotRange.of(start, Integer.parseInt(form.group(3)));
    }

    /** A constant as options write it: {@code public-read}. */
    static String name(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static <E extends Enum<E>> ITypeConverter<E> oneOf(Class<E> type) {
        return text -> Arrays.stream(type.getEnumConstants())
                .filter(constant -> name(constant).equals(text))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException("'" + text + "' is none of "
                        + Arrays.stream(type.getEnumConstants())
                                .map(Arguments::name)
                                .collect(Collectors.joining(", "))));
    }

    private static <T> ITypeConverter<T> checked(ITypeConverter<T> parse) {
        return text -> {
            try {
                return parse.convert(text);
            } catch (PlabbleConfigurationException e) {
                throw new TypeConversionException(e.getMessage());
            }
        };
    }
}
