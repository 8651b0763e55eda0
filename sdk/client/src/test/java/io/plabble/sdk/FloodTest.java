package io.plabble.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.PooledByteBufAllocator;
import io.plabble.protocol.PlabbleException;
import io.plabble.protocol.Reason;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.test.subscriber.TestSubscriber;

/** A server that sends without end where nothing is to be sent: the connection closes, and nothing of it is kept or delivered. */
class FloodTest {
    private static final byte[] DROP = new byte[1 << 16];
    /** Of pooled chunks, for one connection. */
    private static final long MOST_MEMORY = 16L << 20;

    private final RecordedHandshake handshake = RecordedHandshake.any();
    private final CountDownLatch gone = new CountDownLatch(1);
    private long memory;

    @BeforeEach
    void measure() {
        memory = used();
    }

    @AfterEach
    void memoryIsBounded() {
        assertThat(used() - memory).isLessThan(MOST_MEMORY);
    }

    private static long used() {
        return PooledByteBufAllocator.DEFAULT.metric().usedDirectMemory()
                + PooledByteBufAllocator.DEFAULT.metric().usedHeapMemory();
    }

    @Test
    void afterTheSessionWasDisposedOf() throws Exception {
        try (ScriptedServer server = new ScriptedServer(client -> {
            handshake.answer(client);
            await();
            flood(client);
        })) {
            PlabbleSession session = handshake.client(server).connect().block(SessionFixture.BOUND);
            TestSubscriber<Void> end = TestSubscriber.create();
            session.onClose().subscribe(end);
            session.dispose();
            gone.countDown();
            server.awaitEnd();
            end.block(SessionFixture.BOUND);
            assertThat(end.isTerminatedComplete()).isTrue();
        }
    }

    @Test
    void afterTheConnectWasCancelled() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        try (ScriptedServer server = new ScriptedServer(client -> {
            client.expect(handshake.session().bytes("requestWithLength"));
            asked.countDown();
            await();
            flood(client);
        })) {
            TestSubscriber<PlabbleSession> connecting = TestSubscriber.create();
            handshake.client(server).connect().subscribe(connecting);
            assertThat(asked.await(SessionFixture.BOUND.toSeconds(), TimeUnit.SECONDS))
                    .isTrue();
            connecting.cancel();
            gone.countDown();
            server.awaitEnd();
            assertThat(connecting.isTerminated()).isFalse();
            assertThat(connecting.getReceivedOnNext()).isEmpty();
        }
    }

    @Test
    void insteadOfTheAnswerToConnect() throws Exception {
        try (ScriptedServer server = new ScriptedServer(client -> {
            client.expect(handshake.session().bytes("requestWithLength"));
            flood(client);
        })) {
            SessionFixture.fails(
                    handshake.client(server).connect(),
                    PlabbleException.class,
                    error -> assertThat(error.reason()).isEqualTo(Reason.MALFORMED));
            server.awaitEnd();
        }
    }

    /** Whether the session is there yet is a matter of time; that it ends is not. */
    @Test
    void afterTheAnswerToConnect() throws Exception {
        try (ScriptedServer server = new ScriptedServer(client -> {
            handshake.answer(client);
            flood(client);
        })) {
            SessionFixture.fails(
                    handshake.client(server).connect().flatMap(PlabbleSession::onClose),
                    PlabbleException.class,
                    error -> assertThat(error.reason()).isEqualTo(Reason.MALFORMED));
            server.awaitEnd();
        }
    }

    /** Until the client has closed; one that neither reads nor closes would hold it up. */
    private static void flood(ScriptedServer.Peer client) {
        try {
            while (true) {
                client.send(DROP);
            }
        } catch (IOException closed) {
            // as it should be
        }
    }

    private void await() {
        try {
            gone.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
