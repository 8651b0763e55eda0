package io.plabble.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import io.plabble.protocol.internal.protection.KeySchedule;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The secrets of a test, to be looked for in what the SDK tells: log lines, messages, {@code toString()}s. */
final class KeyMaterial {
    private static final int SHORTEST = 16; // less might be met by chance

    private final List<String> forms = new ArrayList<>();

    /** One more secret that nothing may hold, of 16 bytes or more. */
    KeyMaterial add(byte[] secret) {
        assertThat(secret).hasSizeGreaterThanOrEqualTo(SHORTEST);
        forms(secret).map(KeyMaterial::folded).forEach(forms::add);
        return this;
    }

    KeyMaterial addAll(Collection<byte[]> secrets) {
        secrets.forEach(this::add);
        return this;
    }

    /** The session's secret, and the keys of its first messages (§7), more than a test sends. */
    KeyMaterial addSession(PlabbleSession session) {
        add(session.sharedSecret().copy());
        KeySchedule keys = new KeySchedule(session.sharedSecret());
        return addAll(IntStream.range(0, 20)
                .boxed()
                .flatMap(counter -> Stream.of(keys.messageKey(counter, 0), keys.messageKey(counter, 1)))
                .toList());
    }

    void assertNotIn(String told) {
        assertThat(forms).noneMatch(folded(told)::contains);
    }

    /** Of its message, its arguments, its context and its exception. */
    void assertNotIn(ILoggingEvent event) {
        assertNotIn(event.getFormattedMessage()
                + Arrays.deepToString(event.getArgumentArray())
                + event.getMDCPropertyMap()
                + (event.getThrowableProxy() == null ? "" : ThrowableProxyUtil.asString(event.getThrowableProxy())));
    }

    /** Its beginning, as it might be written by accident. */
    private static Stream<String> forms(byte[] secret) {
        byte[] start = Arrays.copyOf(secret, 12); // a multiple of three, so that Base64 of the whole begins alike
        return Stream.of(
                HexFormat.of().formatHex(start),
                HexFormat.ofDelimiter(":").formatHex(start),
                Base64.getEncoder().encodeToString(start),
                Base64.getUrlEncoder().encodeToString(start),
                new String(start, StandardCharsets.ISO_8859_1),
                new String(start, StandardCharsets.UTF_8),
                list(start));
    }

    private static String list(byte[] bytes) {
        String brackets = Arrays.toString(bytes);
        return brackets.substring(1, brackets.length() - 1);
    }

    private static String folded(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
