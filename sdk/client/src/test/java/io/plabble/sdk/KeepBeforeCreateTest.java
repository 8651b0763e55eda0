package io.plabble.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plabble.protocol.BucketCandidate;
import io.plabble.protocol.BucketId;
import io.plabble.protocol.PacketType;
import io.plabble.protocol.PlabbleConfigurationException;
import io.plabble.protocol.Reason;
import io.plabble.sdk.test.Fault;
import io.plabble.sdk.test.FaultPoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

/** A key that is written down before the request goes out is never lost. */
class KeepBeforeCreateTest extends SessionFixture {
    private final List<BucketCandidate> kept = new CopyOnWriteArrayList<>();

    @ParameterizedTest
    @EnumSource(
            value = Encryption.class,
            names = {"ON", "OFF"})
    void whatIsKeptOpensTheBucket(Encryption encryption) {
        PlabbleSession session = connect(encryption);
        Bucket bucket = session.createBucket(ALL_PRIVATE, candidate -> Mono.fromRunnable(() -> kept.add(candidate)))
                .block(BOUND);

        assertThat(kept).hasSize(1);
        assertThat(bucket.id()).isEqualTo(kept.get(0).id());
        assertThat(bucket.key()).contains(kept.get(0).key());
        done(connect(encryption).bucket(kept.get(0).id(), kept.get(0).key()).append("mine"));
    }

    @Test
    void theRequestWaitsUntilItIsKept() {
        PlabbleSession session = connect(client());
        Sinks.Empty<Void> stored = Sinks.empty();
        Mono<Bucket> creating = started(session.createBucket(ALL_PRIVATE, candidate -> {
            kept.add(candidate);
            return stored.asMono();
        }));
        eventually(() -> assertThat(kept).hasSize(1));
        assertThat(server.received(PacketType.CREATE)).isZero();

        stored.tryEmitEmpty();
        assertThat(creating.block(BOUND).id()).isEqualTo(kept.get(0).id());
    }

    @Test
    void aPublisherOfManyIsWaitedForToItsEnd() {
        PlabbleSession session = connect(client());
        List<Integer> written = new ArrayList<>();
        session.createBucket(ALL_PRIVATE, candidate -> Flux.range(0, 3).doOnNext(written::add))
                .block(BOUND);
        assertThat(written).containsExactly(0, 1, 2);
    }

    @Test
    void whatCannotBeKeptIsNotCreated() {
        PlabbleSession session = connect(client());
        StepVerifier.create(session.createBucket(
                        ALL_PRIVATE, candidate -> Mono.error(new IllegalStateException("the disk is full"))))
                .expectErrorMessage("the disk is full")
                .verify(BOUND);
        fails(
                session.createBucket(ALL_PRIVATE, candidate -> null),
                PlabbleConfigurationException.class,
                e -> assertThat(e).hasMessageContaining("keep"));
        assertThat(server.received(PacketType.CREATE)).isZero();
        assertThat(session.remainingRequests()).isEqualTo(65_535);
    }

    @Test
    void aRequestInBetweenMakesItAskAgainWithAnotherKey() {
        PlabbleSession session = connect(client());
        Bucket other = session.bucket(BucketId.generate(0, Set.of()));
        Bucket bucket = session.createBucket(ALL_PRIVATE, candidate -> {
                    kept.add(candidate);
                    return kept.size() == 1 ? other.read().then().onErrorComplete() : Mono.empty();
                })
                .block(BOUND);

        assertThat(kept).hasSize(2);
        assertThat(kept.get(0).id()).isEqualTo(kept.get(1).id());
        assertThat(kept.get(0).key()).isNotEqualTo(kept.get(1).key());
        assertThat(bucket.key()).contains(kept.get(1).key());
        done(bucket.append("mine"));
        assertThat(server.received(PacketType.CREATE)).isEqualTo(1);
    }

    @Test
    void overtakenAgainAndAgainItGivesUp() {
        PlabbleSession session = connect(client());
        Bucket other = session.bucket(BucketId.generate(0, Set.of()));
        fails(
                session.createBucket(ALL_PRIVATE, candidate -> {
                    kept.add(candidate);
                    return other.read().then().onErrorComplete();
                }),
                PlabbleLimitException.class,
                e -> {
                    assertThat(e.reason()).isEqualTo(Reason.TOO_MANY_REQUESTS);
                    assertThat(e.bucketId()).contains(kept.get(0).id());
                    assertThat(e.requestWritten()).isFalse();
                });
        assertThat(kept).hasSize(16);
        assertThat(server.received(PacketType.CREATE)).isZero();
        done(create(session).append("the session goes on"));
    }

    @Test
    void afterTheEndNothingIsKept() {
        PlabbleSession session = connect(client());
        session.close().block(BOUND);
        fails(
                session.createBucket(ALL_PRIVATE, candidate -> Mono.fromRunnable(() -> kept.add(candidate))),
                PlabbleSessionClosedException.class,
                e -> assertThat(e.requestWritten()).isFalse());
        assertThat(kept).isEmpty();
    }

    @Test
    void anAnswerThatNeverComesNamesTheSameCandidate() {
        PlabbleSession session = connect(patient());
        server.fault(FaultPoint.ANSWER, Fault.silence());
        isLate(
                PacketType.CREATE,
                session.createBucket(ALL_PRIVATE, candidate -> Mono.fromRunnable(() -> kept.add(candidate))),
                e -> assertThat(e.candidate()).contains(kept.get(0)));
    }

    @Test
    void nullsAreRefusedAtTheCall() {
        PlabbleSession session = connect(client());
        assertThatThrownBy(() -> session.createBucket(null, candidate -> Mono.empty()))
                .isInstanceOf(PlabbleConfigurationException.class);
        assertThatThrownBy(() -> session.createBucket(ALL_PRIVATE, null))
                .isInstanceOf(PlabbleConfigurationException.class);
    }
}
