package io.plabble.sdk.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.plabble.protocol.BucketId;
import io.plabble.protocol.PacketType;
import io.plabble.protocol.PlabbleException;
import io.plabble.protocol.Reason;
import io.plabble.protocol.Slot;
import io.plabble.protocol.internal.packet.Acknowledgement;
import io.plabble.protocol.internal.packet.BucketResponse;
import io.plabble.protocol.internal.packet.ErrorResponse;
import io.plabble.protocol.internal.packet.Response;
import io.plabble.protocol.internal.packet.SlotsResponse;
import io.plabble.sdk.Bucket;
import io.plabble.sdk.internal.sessions.CountedTime;
import io.plabble.testsupport.Bytes;
import io.plabble.testsupport.fuzz.Choices;
import io.plabble.testsupport.fuzz.FuzzTarget;
import io.plabble.testsupport.fuzz.Seeds;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Signal;
import reactor.test.scheduler.VirtualTimeScheduler;

/** What a server sends to a session in which a subscriber, a reader and a writer wait: sealed packets, and bare bytes. */
final class SessionTarget implements FuzzTarget {
    private static final BucketId BUCKET = BucketId.of(new byte[BucketId.LENGTH]);
    private static final int SUBSCRIBED = 0;
    private static final int READ = 1;
    private static final int WRITTEN = 2;
    private static final Set<Reason> ENDS = EnumSet.of(
            Reason.CONNECTION_CLOSED,
            Reason.TRUNCATED,
            Reason.MALFORMED,
            Reason.PACKET_TOO_LARGE,
            Reason.AUTHENTICATION_FAILED);
    private static final int SEALED = 0;
    private static final int BARE = 1;

    private final List<RecordedConnect> exchanges = Stream.of("pinned-20", "pinned-plain-00")
            .map(RecordedConnect::valid)
            .toList();

    @Override
    public void accept(byte[] input) {
        Choices choices = new Choices(input);
        CountedTime time = CountedTime.begin();
        try {
            play(exchanges.get(choices.below(exchanges.size())), time, choices);
        } finally {
            VirtualTimeScheduler.reset();
        }
    }

    private static void play(RecordedConnect exchange, CountedTime time, Choices choices) {
        MemoryConnection connection = MemoryConnection.connect(exchange.settings(), time);
        connection.receive(exchange.answer());
        Bucket bucket = connection.session().bucket(BUCKET);
        List<List<Signal<?>>> heard = Stream.<Publisher<?>>of(bucket.updates(), bucket.read(), bucket.put(0, "content"))
                .map(SessionTarget::heard)
                .toList();
        SealingServer server = new SealingServer(exchange);
        while (choices.hasMore()) {
            if (choices.below(2) == SEALED) {
                int length = choices.u8();
                byte[] plain = choices.bytes(length);
                if (plain.length >= Response.HEADER_LENGTH) {
                    connection.receive(server.seal(
                            Bytes.head(plain, Response.HEADER_LENGTH), Bytes.tail(plain, Response.HEADER_LENGTH)));
                }
            } else {
                int length = choices.u8();
                connection.receive(choices.bytes(length));
            }
        }
        assertThat(connection.finish().reason()).isIn(ENDS);
        assertThat(heard).allSatisfy(SessionTarget::assertEndedOnce);
    }

    private static List<Signal<?>> heard(Publisher<?> request) {
        List<Signal<?>> signals = new ArrayList<>();
        Flux.from(request).materialize().subscribe(signals::add);
        return signals;
    }

    private static void assertEndedOnce(List<Signal<?>> signals) {
        assertThat(signals).filteredOn(signal -> !signal.isOnNext()).hasSize(1);
        Throwable error = signals.get(signals.size() - 1).getThrowable();
        if (error != null) {
            assertThat(error).isInstanceOf(PlabbleException.class).hasMessageMatching("\\P{Cntrl}+");
        }
    }

    @Override
    public Stream<byte[]> seeds() {
        byte[] subscribed = sealed(new Acknowledgement(PacketType.SUBSCRIBE, SUBSCRIBED));
        byte[] slots = sealed(new SlotsResponse(READ, List.of(Slot.of(3, "three"), Slot.of(4, ""))));
        byte[] written = sealed(new Acknowledgement(PacketType.PUT, WRITTEN));
        byte[] update = sealed(new SlotsResponse(SUBSCRIBED, List.of(Slot.of(0, "content"))));
        byte[] refused = sealed(new ErrorResponse(READ, 21, "no such \u0007 bucket"));
        return Seeds.around(Stream.of(0, 1)
                .flatMap(mode -> Seeds.chosen(
                        mode,
                        Stream.of(
                                subscribed,
                                slots,
                                written,
                                refused,
                                Bytes.join(subscribed, slots, written, update, update),
                                Bytes.join(subscribed, update, refused, written),
                                Bytes.join(subscribed, slots, update, written),
                                Bytes.join(subscribed, subscribed),
                                Bytes.join(subscribed, sealed(new ErrorResponse(SUBSCRIBED, 3, ""))),
                                Bytes.join(subscribed, new byte[] {BARE, 5, 0x13, 0x11, 0, 0, 1})))));
    }

    private static byte[] sealed(BucketResponse response) {
        byte[] plain = Bytes.join(response.header(), response.body());
        return Bytes.join(new byte[] {SEALED, (byte) plain.length}, plain);
    }
}
