package io.plabble.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import io.plabble.protocol.internal.protection.KeySchedule;
import java.util.Arrays;
import java.util.Collection;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The secrets of a test, to be looked for in what the SDK tells: log lines, messages, {@code toString()}s. */
final class KeyMaterial {
    private static final int SHORTEST = 16; // less might be met by chance

    private final SecretSearch search = new SecretSearch();

    /** One more secret that nothing may hold, of 16 bytes or more. */
    KeyMaterial add(byte[] secret) {
        assertThat(secret).hasSizeGreaterThanOrEqualTo(SHORTEST);
        search.add("a secret", secret);
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
        assertThat(search.findIn(told)).isEmpty();
    }

    /** Of its message, its arguments, its context and its exception. */
    void assertNotIn(ILoggingEvent event) {
        assertNotIn(event.getFormattedMessage()
                + Arrays.deepToString(event.getArgumentArray())
                + event.getMDCPropertyMap()
                + (event.getThrowableProxy() == null ? "" : ThrowableProxyUtil.asString(event.getThrowableProxy())));
    }
}
