package io.plabble.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.plabble.sdk.hostile.Outcome;
import io.plabble.sdk.hostile.Parties;
import io.plabble.sdk.hostile.Row;
import io.plabble.sdk.hostile.Segmentation;
import io.plabble.sdk.hostile.Segments;
import io.plabble.sdk.hostile.Wire;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import reactor.netty.tcp.TcpClient;
import reactor.test.subscriber.TestSubscriber;

/** One connect to a {@link HostileServer}: its outcome, and that it leaves nothing behind. */
final class ConnectAttempt {
    private static final Duration BOUND = Duration.ofSeconds(20);
    private static final Duration DEADLINE = Duration.ofSeconds(10);
    private static final Duration ALMOST = DEADLINE.minusNanos(1);

    private final HostileEnvironment environment;
    private final StoppedClock loop;
    private final Row row;
    private final Segmentation segmentation;
    private final Segments segments;
    private final HostileServer.Part part;
    private final int unexpectedBefore;
    private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(false, true);
    private final List<Channel> channels = new CopyOnWriteArrayList<>();
    private final List<Channel> openAtFailure = new CopyOnWriteArrayList<>();

    ConnectAttempt(HostileEnvironment environment, Io io, Row row, Wire answer, Segmentation segmentation) {
        Wire sent = segmentation.sent(answer);
        this.environment = environment;
        this.loop = environment.loops.get(io);
        this.row = row;
        this.segmentation = segmentation;
        this.segments = new Segments(sent, segmentation, () -> environment.timers.advance(row.pace()));
        this.part = new HostileServer.Part(sent.bytes(), row.then(), row.isAsked());
        this.unexpectedBefore = environment.server.unexpected();
    }

    void run() throws Exception {
        environment.begin();
        if (row.outcome().isOfTheServer()) {
            environment.server.plays(part);
        }
        TestSubscriber<PlabbleSession> outcome = TestSubscriber.create();
        try {
            client().connect().doOnError(error -> noteOpenChannels()).subscribe(outcome);
            if (row.outcome().isLate() && row.pace().isZero()) {
                deadlinePasses(outcome);
            }
            outcome.block(BOUND);
            check(outcome);
            nothingIsLeft();
        } finally { // lest the server waits for the client of an attempt that has failed
            channels.forEach(channel -> channel.close().syncUninterruptibly());
        }
    }

    private void check(TestSubscriber<PlabbleSession> outcome) {
        if (row.outcome() instanceof Outcome.Refused refused) {
            assertThat(outcome.getReceivedOnNext()).isEmpty();
            refuses(refused, outcome.expectTerminalError());
        } else {
            assertThat(outcome.isTerminatedComplete()).isTrue();
            ends(outcome.getReceivedOnNext().get(0), (Outcome.Session) row.outcome());
        }
        assertThat(outcome.getProtocolErrors())
                .as("signals after the terminal one")
                .isEmpty();
    }

    private PlabbleClient client() {
        return row.client()
                .apply(PlabbleClient.create(Parties.HOST, environment.server.port())
                        .connectTimeout(DEADLINE)
                        .clock(Parties.CLOCK)
                        .origins(origins -> origins.withKeyPairs(random -> Parties.clientKeyPair()))
                        .tcp(this::instrumented));
    }

    private TcpClient instrumented(TcpClient tcp) {
        return tcp.runOn(loop)
                .resolver(row.addresses())
                .option(ChannelOption.ALLOCATOR, allocator)
                .doOnChannelInit((observer, channel, address) -> {
                    channels.add(channel);
                    channel.pipeline().addFirst(segments);
                });
    }

    private void noteOpenChannels() {
        channels.stream().filter(Channel::isOpen).forEach(openAtFailure::add);
    }

    /** When all that the server sends has come, to the nanosecond. */
    private void deadlinePasses(TestSubscriber<?> outcome) throws Exception {
        part.awaitPlayed();
        segments.handedOn().get(BOUND.toSeconds(), TimeUnit.SECONDS);
        environment.timers.advance(ALMOST);
        assertThat(outcome.isTerminated()).isFalse();
        environment.timers.advance(DEADLINE.minus(ALMOST));
    }

    private void refuses(Outcome.Refused refused, Throwable error) {
        refused.check(error);
        environment.holdsNoSecret(error);
        assertThat(openAtFailure)
                .as("open when the subscriber heard of the failure")
                .isEmpty();
    }

    private void ends(PlabbleSession session, Outcome.Session expected) {
        Optional<Outcome.Refused> fault =
                segmentation == Segmentation.COALESCED ? Optional.of(expected.broken()) : expected.end();
        if (fault.isEmpty()) {
            assertThat(session.isDisposed()).isFalse();
            session.close().block(BOUND);
        }
        TestSubscriber<Void> end = TestSubscriber.create();
        session.onClose().subscribe(end);
        end.block(BOUND);
        fault.ifPresentOrElse(
                each -> each.check(end.expectTerminalError()),
                () -> assertThat(end.isTerminatedComplete()).isTrue());
        assertThat(session.sharedSecret().isDestroyed()).isTrue();
    }

    private void nothingIsLeft() throws Exception {
        if (row.outcome().isOfTheServer()) {
            part.awaitClosed();
        }
        assertThat(loop.settledWithTimer()).as("a timer of the event loop").isFalse();
        assertThat(environment.timers.pending()).as("timers of Reactor").isZero();
        assertThat(channels).noneMatch(Channel::isOpen);
        assertThat(allocator.metric().usedDirectMemory() + allocator.metric().usedHeapMemory())
                .as("bytes in buffers")
                .isZero();
        assertThat(channels).as("connections").hasSizeLessThanOrEqualTo(1);
        assertThat(environment.server.unexpected()).as("connections too many").isEqualTo(unexpectedBefore);
        environment.nothingWasHeard();
    }
}
