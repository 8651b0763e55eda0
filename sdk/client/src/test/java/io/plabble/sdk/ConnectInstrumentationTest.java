package io.plabble.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import io.plabble.protocol.PlabbleException;
import io.plabble.protocol.Reason;
import io.plabble.protocol.crypto.IdentityKeyPair;
import io.plabble.sdk.Instrumentation.Peer;
import io.plabble.sdk.RecordingInstrumentation.End;
import io.plabble.sdk.RecordingInstrumentation.Heard;
import io.plabble.sdk.test.Fault;
import io.plabble.sdk.test.FaultPoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;

/** What an instrumentation hears of connects: of each exactly one end, whatever happens. */
class ConnectInstrumentationTest extends SessionFixture {
    private final RecordingInstrumentation recording = new RecordingInstrumentation();

    @Override
    PlabbleClient client() {
        return super.client().instrument(recording);
    }

    @AfterEach
    void everythingEndsOnce() {
        assertThat(recording.connects)
                .allSatisfy(heard -> assertThat(heard.ends).hasSize(1));
    }

    @Test
    void aSessionIsASuccessBeforeTheSubscriberHasIt() {
        Mono<PlabbleSession> connect = client().connect();
        assertThat(recording.connects).isEmpty(); // nobody has subscribed
        List<Object> heardBefore = new ArrayList<>();
        done(connect.doOnNext(session -> heardBefore.addAll(only(End.SUCCEEDED).ends))
                .contextWrite(Context.of("subscriber", "of the connect"))
                .flatMap(PlabbleSession::close));

        assertThat(heardBefore).containsExactly(End.SUCCEEDED);
        Heard heard = only(End.SUCCEEDED);
        assertThat(heard.peer).isEqualTo(new Peer(transport.code(), server.host()));
        assertThat(heard.subscriber.<String>get("subscriber")).isEqualTo("of the connect");
    }

    @Test
    void theStepsSeeTheContextWithWhatTheInstrumentationAdded() {
        List<Object> seen = new CopyOnWriteArrayList<>();
        done(client().tcp(tcp -> tcp.doOnChannelInit((observer, channel, address) ->
                        seen.add(observer.currentContext().get(RecordingInstrumentation.KEY))))
                .withSession(session -> Mono.empty())
                .then());
        assertThat(seen).containsExactly(only(End.SUCCEEDED));
    }

    @Test
    void withSessionIsAConnectWhateverBecomesOfItsWork() {
        done(client().withSession(session -> Mono.error(new IllegalStateException("of the work")))
                .onErrorComplete()
                .then());
        only(End.SUCCEEDED);
        Disposable working = client().withSession(session -> Mono.never()).subscribe();
        eventually(() -> assertThat(recording.connects.get(1).ends).containsExactly(End.SUCCEEDED));
        working.dispose();
        eventually(() -> assertThat(server.openConnections()).isZero());
    }

    @ParameterizedTest
    @MethodSource("io.plabble.sdk.ConnectFaultsTest#faults")
    void aFaultOfTheServerIsAFailure(FaultPoint point, Fault fault) {
        server.fault(point, fault);
        isFailure(client(), Reason.values()); // which one depends on the transport as well
    }

    @Test
    void everyKindOfFailureIsOne() {
        isFailure(client().serverName("other.example"), Reason.NAME_MISMATCH);
        assertThat(recording.connects.get(0).peer.serverName()).isEqualTo("other.example");
        isFailure(client().pin(IdentityKeyPair.generate().publicKey()), Reason.PINNED_KEY_MISMATCH);
        isFailure(
                client().trust(() -> {
                    throw new IllegalStateException("no file");
                }),
                Reason.CONFIGURATION);
        isFailure(
                client().tcp(tcp -> {
                    throw new IllegalStateException("no network");
                }),
                Reason.CONFIGURATION);
        server.fault(FaultPoint.CONNECT_RECEIVED, Fault.error(1, "not today"));
        isFailure(client(), Reason.ERROR_RESPONSE);
        server.fault(FaultPoint.CONNECT_RECEIVED, Fault.silence());
        isFailure(client().connectTimeout(Duration.ofMillis(200)), Reason.TIMEOUT);
        if (!transport.isWebSocket()) { // nobody there speaks TLS, or has a certificate of a public authority
            isFailure(
                    client().secure().connectTimeout(Duration.ofMillis(200)),
                    Reason.TIMEOUT,
                    Reason.TLS_FAILED,
                    Reason.CONNECTION_CLOSED);
            assertThat(recording.connects.get(6).peer.transport()).isEqualTo("tls");
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = FaultPoint.class,
            names = {"ACCEPTED", "CONNECT_RECEIVED", "CONNECT_ANSWER"})
    void aCancelIsOne(FaultPoint point) {
        server.fault(point, Fault.silence());
        for (Disposable connecting : List.of(
                client().connect().subscribe(),
                client().withSession(session -> Mono.never()).subscribe())) {
            connecting.dispose();
        }
        assertThat(recording.connects)
                .hasSize(2)
                .allSatisfy(heard -> assertThat(heard.ends).containsExactly(End.CANCELLED));
        assertThat(recording.opened).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = ConnectStep.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"SECURED", "UPGRADED"})
    void aCancelAtEveryStepIsOne(ConnectStep step) {
        Disposable.Swap connecting = reactor.core.Disposables.swap();
        connecting.update(client().doOnStep(progress -> {
                    if (progress.step() == step) {
                        connecting.dispose();
                    }
                })
                .connect()
                .delaySubscription(Duration.ofMillis(1))
                .subscribe());
        eventually(() -> assertThat(recording.connects).hasSize(1));
        eventually(() -> only(End.CANCELLED));
        eventually(() -> assertThat(recording.closed).isEqualTo(recording.opened));
    }

    private void isFailure(PlabbleClient client, Reason... reasons) {
        int before = recording.connects.size();
        fails(client.connect(), PlabbleException.class, error -> {
            assertThat(error.reason()).isIn((Object[]) reasons);
            assertThat(recording.connects).hasSize(before + 1);
            Heard heard = recording.connects.get(before);
            assertThat(heard.ends).containsExactly(End.FAILED);
            assertThat(heard.errors).containsExactly(error);
        });
        assertThat(recording.opened).isEmpty();
    }

    private Heard only(End end) {
        assertThat(recording.connects).hasSize(1);
        assertThat(recording.connects.get(0).ends).containsExactly(end);
        return recording.connects.get(0);
    }
}
