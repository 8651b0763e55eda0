package io.plabble.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import io.plabble.sdk.test.PlabbleTestServer;
import io.plabble.sdk.test.TestCertificates;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Kept sessions, and a server that may go and come back behind a relay, so that its address stays. */
abstract class SessionsFixture extends FollowingFixture {
    static final TestCertificates CERTIFICATES = TestCertificates.forHost("127.0.0.1");
    /** As patient as ever, with pauses that do not keep a test waiting. */
    static final SessionsSpec QUICK = SessionsSpec.DEFAULT
            .waitTimeout(BOUND)
            .reconnection(Reconnection.DEFAULT
                    .pauses(Duration.ofMillis(1), Duration.ofMillis(20))
                    .maxRetries(Long.MAX_VALUE));

    private final List<PlabbleSessions> kept = new ArrayList<>();
    final Relay relay = relay();

    @Override
    PlabbleTestServer.Builder builder() {
        return PlabbleTestServer.builder().certificates(CERTIFICATES);
    }

    private static Relay relay() {
        try {
            return new Relay();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @BeforeEach
    void open() {
        relay.to(server.port());
    }

    @AfterEach
    void nothingIsLeft() throws IOException {
        kept.forEach(PlabbleSessions::dispose);
        eventually(() -> assertThat(server.openConnections()).isZero());
        eventually(() -> assertThat(server.subscriptions()).isEmpty());
        relay.close();
    }

    /** A client that takes the way over the relay. */
    @Override
    PlabbleClient client() {
        return transport.dial(server, "127.0.0.1", relay.port()).trust(server.trustStore());
    }

    PlabbleSessions sessions() {
        return sessions(client(), QUICK);
    }

    PlabbleSessions sessions(PlabbleClient client, SessionsSpec spec) {
        PlabbleSessions sessions = client.sessions(spec);
        kept.add(sessions);
        return sessions;
    }

    static PlabbleSession live(PlabbleSessions sessions) {
        return sessions.session().block(BOUND);
    }

    static LastingBucket create(PlabbleSessions sessions) {
        return create(sessions, ALL_PRIVATE);
    }

    static LastingBucket create(PlabbleSessions sessions, BucketSpec spec) {
        return sessions.createBucket(spec).block(BOUND);
    }

    /** The server is gone, with all its connections. */
    void goDown() {
        relay.toNobody();
        server.close();
    }

    /** It is there again, with the buckets that it had. */
    void comeBack() {
        comeBack(builder());
    }

    void comeBack(PlabbleTestServer.Builder builder) {
        server = transport.start(builder.bucketsOf(server));
        relay.to(server.port());
    }
}
