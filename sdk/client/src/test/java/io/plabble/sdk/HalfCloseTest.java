package io.plabble.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import io.plabble.protocol.BucketId;
import io.plabble.protocol.PlabbleException;
import io.plabble.protocol.Reason;
import io.plabble.sdk.PlabbleSessionClosedException.Why;
import io.plabble.testsupport.VectorCase;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

/**
 * A server that closes its direction of TCP and goes on reading. There is no half of a session: who waits hears at once that it has
 * ended, and this end closes its direction, too.
 */
class HalfCloseTest {
    private final RecordedHandshake handshake = RecordedHandshake.any();
    private final List<VectorCase> messages = handshake.session().cases("messages");
    private final byte[] create = messages.get(0).bytes("packetWithLength");
    private final byte[] created = messages.get(1).bytes("packetWithLength");

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 100})
    void inTheMidstOfTheAnswerToConnect(int sent) throws Exception {
        byte[] answer = handshake.session().bytes("responseWithLength");
        try (ScriptedServer server = new ScriptedServer(client -> {
            client.expect(handshake.session().bytes("requestWithLength"));
            client.send(Arrays.copyOf(answer, sent));
            halfClose(client);
        })) {
            SessionFixture.fails(
                    handshake.client(server).connect(),
                    PlabbleException.class,
                    error -> assertThat(error.reason())
                            .isEqualTo(sent == 0 ? Reason.CONNECTION_CLOSED : Reason.TRUNCATED));
            server.awaitEnd();
        }
    }

    @Test
    void afterTheAnswerToConnect() throws Exception {
        try (ScriptedServer server = new ScriptedServer(client -> {
            handshake.answer(client);
            halfClose(client);
        })) {
            PlabbleSession session = handshake.client(server).connect().block(SessionFixture.BOUND);
            SessionFixture.fails(
                    session.onClose(),
                    PlabbleSessionClosedException.class,
                    closed -> assertThat(closed.why()).isEqualTo(Why.CLOSED_BY_PEER));
            assertThat(session.isDisposed()).isTrue();
            assertThat(session.sharedSecret().isDestroyed()).isTrue();
            server.awaitEnd();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 10})
    void whileARequestWaits(int sent) throws Exception {
        try (ScriptedServer server = new ScriptedServer(client -> {
            handshake.answer(client);
            client.expect(create);
            client.send(Arrays.copyOf(created, sent));
            halfClose(client);
        })) {
            PlabbleSession session = handshake
                    .client(server)
                    .origins(origins -> origins.withBucketIds(
                            spec -> BucketId.of(messages.get(0).bytes("bucketId"))))
                    .connect()
                    .block(SessionFixture.BOUND);
            Mono<Bucket> request = session.createBucket(SessionFixture.ALL_PRIVATE.subscribed());
            SessionFixture.fails(request, PlabbleException.class, error -> {
                assertThat(error.reason()).isEqualTo(sent == 0 ? Reason.CONNECTION_CLOSED : Reason.TRUNCATED);
                assertThat(error.requestWritten()).isTrue();
                assertThat(error.candidate()).isPresent();
            });
            server.awaitEnd();
        }
    }

    private static void halfClose(ScriptedServer.Peer client) throws IOException {
        client.socket().shutdownOutput();
        client.expectEnd();
    }
}
