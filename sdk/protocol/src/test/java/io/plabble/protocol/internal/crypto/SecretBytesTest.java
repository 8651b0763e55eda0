package io.plabble.protocol.internal.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;

class SecretBytesTest {
    private static final String ERASED = "it was erased";

    private final SecretBytes secret = new SecretBytes(new byte[] {1, 2, 3}, ERASED);

    @Test
    void matchesTheSameBytesOnly() {
        assertThat(secret.matches(new SecretBytes(new byte[] {1, 2, 3}, ERASED)))
                .isTrue();
        assertThat(secret.matches(new SecretBytes(new byte[] {1, 2, 4}, ERASED)))
                .isFalse();
        assertThat(secret.matches(new SecretBytes(new byte[] {1, 2}, ERASED))).isFalse();
    }

    @Test
    void doesNotShowItself() {
        assertThat(secret).hasToString("SecretBytes[redacted]");
    }

    @Test
    void saysWhyItIsNotThereOnceErased() {
        secret.destroy();

        assertThatIllegalStateException().isThrownBy(secret::copy).withMessage(ERASED);
    }
}
