package io.plabble.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** What an exception knows of the request that failed. */
class PlabbleExceptionTest {
    private static final BucketId ID = BucketId.ofHex("000102030405060708090a0b0c0d1efc");
    private static final byte[] SECRET = "never let this key leave the JVM".getBytes(StandardCharsets.US_ASCII);
    private static final BucketCandidate CANDIDATE = new BucketCandidate(ID, BucketKey.of(SECRET));

    @Test
    void knowsOfNoRequestUnlessTold() {
        PlabbleException error = new PlabbleServerException(41, "");

        assertThat(error.bucketId()).isEmpty();
        assertThat(error.requestWritten()).isFalse();
        assertThat(error.candidate()).isEmpty();
    }

    @Test
    void tellsOfTheRequestThatFailed() {
        PlabbleException error = new PlabbleServerException(41, "");

        assertThat(error.during(ID, true, CANDIDATE)).isSameAs(error);
        assertThat(error.bucketId()).contains(ID);
        assertThat(error.requestWritten()).isTrue();
        assertThat(error.candidate()).contains(CANDIDATE);
    }

    @Test
    void tellsOfARequestThatWasNeverWritten() {
        PlabbleException error = new PlabbleServerException(3, "").during(ID, false, null);

        assertThat(error.bucketId()).contains(ID);
        assertThat(error.requestWritten()).isFalse();
        assertThat(error.candidate()).isEmpty();
    }

    @Test
    void saysWhereItHappenedAsTheFirstToKnowSaid() {
        assertThat(new PlabbleServerException(3, "").locate("CREATE").locate("later"))
                .hasMessageStartingWith("CREATE: the server answered");
    }

    @Test
    void showsNothingOfTheCandidatesKey() {
        assertThat(new PlabbleServerException(41, "")
                        .during(ID, true, CANDIDATE)
                        .toString())
                .doesNotContain(HexFormat.of().formatHex(SECRET));
    }

    @Test
    void leavesTheCandidateBehindWhenItIsSerialized() throws Exception {
        PlabbleException error = new PlabbleServerException(41, "taken").during(ID, true, CANDIDATE);

        byte[] serialized = serialize(error);
        PlabbleException copy =
                (PlabbleException) new ObjectInputStream(new ByteArrayInputStream(serialized)).readObject();

        assertThat(new String(serialized, StandardCharsets.ISO_8859_1))
                .doesNotContain(new String(SECRET, StandardCharsets.US_ASCII))
                .doesNotContain(BucketCandidate.class.getSimpleName())
                .doesNotContain(BucketKey.class.getSimpleName());
        assertThat(copy.candidate()).isEmpty();
        assertThat(copy.bucketId()).isEmpty();
        assertThat(copy).hasMessage(error.getMessage());
        assertThat(copy.reason()).isEqualTo(Reason.ERROR_RESPONSE);
        assertThat(copy.requestWritten()).isTrue();
    }

    private static byte[] serialize(Object object) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream target = new ObjectOutputStream(bytes)) {
            target.writeObject(object);
        }
        return bytes.toByteArray();
    }
}
