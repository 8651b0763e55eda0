package io.plabble.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.plabble.testsupport.VectorCase;
import io.plabble.testsupport.VectorSource;
import java.nio.ByteBuffer;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;

class BucketIdVectorsTest {
    private static final String FILE = "bucket.json";
    private static final Map<String, Permission> PERMISSIONS = Map.of(
            "publicRead", Permission.PUBLIC_READ,
            "publicWrite", Permission.PUBLIC_WRITE,
            "publicAppend", Permission.PUBLIC_APPEND,
            "privateWrite", Permission.PRIVATE_WRITE,
            "privateAppend", Permission.PRIVATE_APPEND,
            "deletable", Permission.DELETABLE);

    @ParameterizedTest
    @VectorSource(file = FILE, list = "ids")
    void anIdIsMadeOfItsParts(VectorCase vector) {
        byte[] parts = ByteBuffer.allocate(BucketId.LENGTH)
                .put(vector.bytes("random"))
                .put((byte) vector.integer("lifetimeDays"))
                .put(vector.bytes("permissions"))
                .array();

        assertThat(BucketId.of(parts)).isEqualTo(BucketId.ofHex(vector.text("id")));
    }

    @ParameterizedTest
    @VectorSource(file = FILE, list = "ids")
    void anIdSaysWhatMayBeDoneWithTheBucketAndHowLongItLives(VectorCase vector) {
        BucketId id = BucketId.ofHex(vector.text("id"));

        assertThat(id.lifetimeDays()).isEqualTo(vector.integer("lifetimeDays"));
        PERMISSIONS.forEach((name, permission) -> {
            assertThat(id.allows(permission)).as(name).isEqualTo(vector.isTrue(name));
            assertThat(id.permissions().contains(permission)).as(name).isEqualTo(vector.isTrue(name));
        });
    }
}
