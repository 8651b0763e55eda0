package io.plabble.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import io.plabble.protocol.BucketId;
import io.plabble.protocol.PlabbleException;
import io.plabble.protocol.Reason;
import io.plabble.protocol.Slot;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** A server that stops reading, or never answers, cannot exhaust this end's memory. */
class StalledServerTest {
    private static final Duration BOUND = Duration.ofSeconds(20);
    private static final int MEBIBYTE = 1 << 20;
    private static final int LIMIT = 4 * MEBIBYTE;
    /** More than the sockets of both ends can take in together. */
    private static final int MANY = 64;

    private final RecordedHandshake handshake = RecordedHandshake.any();
    private final BucketId id = BucketId.generate(0, Set.of());
    private final CountDownLatch tested = new CountDownLatch(1);

    @Test
    void bytesThatAServerDoesNotReadAreBounded() throws Exception {
        try (ScriptedServer server = new ScriptedServer(client -> {
            handshake.answer(client);
            awaitTest();
        })) {
            PlabbleSession session =
                    handshake.client(server).maxPendingBytes(LIMIT).connect().block(BOUND);
            List<PlabbleException> failures = new CopyOnWriteArrayList<>();

            for (int i = 0; i < MANY; i++) {
                session.bucket(id)
                        .put(i, new byte[MEBIBYTE])
                        .subscribe(nothing -> {}, error -> failures.add((PlabbleException) error));
            }

            assertThat(failures).isNotEmpty().allSatisfy(refused -> {
                assertThat(refused).isInstanceOf(PlabbleLimitException.class);
                assertThat(refused.reason()).isEqualTo(Reason.TOO_MANY_REQUESTS);
                assertThat(refused.requestWritten()).isFalse();
                assertThat(refused).hasMessageContaining("maxPendingBytes");
            });
            session.dispose();
            tested.countDown();
        }
    }

    @Test
    void whatIsCutOffBeforeItHasLeftWasNotWritten() throws Exception {
        try (ScriptedServer server = new ScriptedServer(client -> {
            handshake.answer(client);
            awaitTest();
        })) {
            PlabbleSession session = handshake
                    .client(server)
                    .maxPendingBytes((long) MANY * LIMIT)
                    .connect()
                    .block(BOUND);
            List<Boolean> written = new ArrayList<>();
            Mono<Void> all = Mono.when(IntStream.range(0, MANY)
                    .mapToObj(i -> session.bucket(id)
                            .put(i, new byte[MEBIBYTE])
                            .onErrorResume(PlabbleSessionClosedException.class, closed -> {
                                written.add(closed.requestWritten());
                                return Mono.empty();
                            }))
                    .toList());

            StepVerifier.create(all).then(session::dispose).expectComplete().verify(BOUND);

            assertThat(written).hasSize(MANY).endsWith(false);
            assertThat(written.indexOf(true)).isLessThanOrEqualTo(0); // those that were written were the first
            tested.countDown();
        }
    }

    @Test
    void contentIsLetGoOnceItIsWrittenThoughItsAnswerNeverComes() throws Exception {
        try (ScriptedServer server = new ScriptedServer(client -> {
            handshake.answer(client);
            client.socket().getInputStream().readNBytes(MEBIBYTE);
            awaitTest();
        })) {
            PlabbleSession session = handshake.client(server).connect().block(BOUND);
            WeakReference<Slot> content = put(session.bucket(id));

            Awaitility.await().atMost(BOUND).until(() -> {
                System.gc();
                return content.get() == null;
            });
            assertThat(session.isDisposed()).isFalse();
            session.dispose();
            tested.countDown();
        }
    }

    private static WeakReference<Slot> put(Bucket bucket) {
        Slot slot = Slot.of(1, new byte[MEBIBYTE]);
        bucket.put(slot).subscribe(nothing -> {}, error -> {});
        return new WeakReference<>(slot);
    }

    private void awaitTest() {
        try {
            tested.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
