package io.plabble.protocol.internal.protection;

import static org.assertj.core.api.Assertions.assertThat;

import io.plabble.protocol.BucketId;
import io.plabble.protocol.BucketKey;
import io.plabble.protocol.crypto.SharedSecret;
import io.plabble.testsupport.VectorCase;
import io.plabble.testsupport.VectorFile;
import io.plabble.testsupport.VectorSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;

/** The keys of §7 and §8. */
class KeyVectorsTest {
    @ParameterizedTest
    @VectorSource(file = "keys.json", list = "keys")
    void everyMessageHasTwoKeys(VectorCase vector) {
        KeySchedule keys = keys(vector);
        int counter = vector.integer("counter");

        assertThat(keys.messageKey(counter, 0)).isEqualTo(vector.bytes("key0"));
        assertThat(keys.messageKey(counter, 1)).isEqualTo(vector.bytes("key1"));
    }

    @Test
    void theNonceIsZero() {
        assertThat(VectorFile.named("keys.json").nonce()).hasSize(12).containsOnly(0);
    }

    @ParameterizedTest
    @VectorSource(file = "bucket.json", list = "keys")
    void aBucketKeyComesOfTheIdAndTheCounterOfItsCreate(VectorCase vector) {
        BucketId id = BucketId.of(vector.bytes("id"));
        int counter = vector.integer("createCounter");
        BucketKey expected = BucketKey.of(vector.bytes("bucketKey"));

        assertThat(keys(vector).bucketKey(id, counter)).isEqualTo(expected);
        for (boolean encrypted : new boolean[] {false, true}) {
            assertThat(PacketProtection.of(sessionKey(vector), encrypted).bucketKey(id, counter))
                    .isEqualTo(expected);
        }
    }

    private static KeySchedule keys(VectorCase vector) {
        return new KeySchedule(sessionKey(vector));
    }

    private static SharedSecret sessionKey(VectorCase vector) {
        return SharedSecret.of(vector.bytes("sessionKey"));
    }
}
