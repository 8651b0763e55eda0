package io.plabble.sdk.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.plabble.protocol.Reason;
import io.plabble.sdk.internal.sessions.CountedTime;
import io.plabble.testsupport.Bytes;
import io.plabble.testsupport.VectorFile;
import io.plabble.testsupport.fuzz.Choices;
import io.plabble.testsupport.fuzz.FuzzTarget;
import io.plabble.testsupport.fuzz.Seeds;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import reactor.test.scheduler.VirtualTimeScheduler;

/**
 * A whole answer to CONNECT (§4), cut in two somewhere. Bytes as they are end in a session only if they begin with the recorded
 * answer; what a {@link SigningServer} makes of them gets past the signatures, so that the rules of §5 alone decide.
 */
final class HandshakeTarget implements FuzzTarget {
    /** The choice of server behind those of the recorded exchanges. */
    private static final int SIGNING = 3;

    private static final Set<Reason> REFUSALS = EnumSet.of(
            Reason.CONNECTION_CLOSED,
            Reason.TRUNCATED,
            Reason.MALFORMED,
            Reason.PACKET_TOO_LARGE,
            Reason.ERROR_RESPONSE,
            Reason.CERTIFICATE_MISSING,
            Reason.CHAIN_TOO_LONG,
            Reason.UNTRUSTED_ROOT,
            Reason.CHAIN_SIGNATURE_INVALID,
            Reason.ISSUER_NOT_AUTHORISED,
            Reason.CERTIFICATE_NOT_YET_VALID,
            Reason.CERTIFICATE_EXPIRED,
            Reason.NAME_MISMATCH,
            Reason.SIGNATURE_INVALID,
            Reason.SERVER_KEY_REFLECTED,
            Reason.SHARED_SECRET_ZERO);

    private final List<RecordedConnect> exchanges = Stream.of("normal-60", "two-certificates-40", "pinned-20")
            .map(RecordedConnect::valid)
            .toList();
    private final SigningServer signing = new SigningServer();

    @Override
    public void accept(byte[] input) {
        Choices choices = new Choices(input);
        int server = choices.below(SIGNING + 1);
        int cut = choices.u16();
        CountedTime time = CountedTime.begin();
        try {
            if (server == SIGNING) {
                SigningServer.Answer answer = signing.answer(choices);
                Outcome outcome = play(signing.settings(), time, answer.bytes(), cut);
                assertThat(outcome instanceof Outcome.Connected).isEqualTo(answer.isValid());
            } else {
                RecordedConnect exchange = exchanges.get(server);
                byte[] stream = choices.rest();
                if (play(exchange.settings(), time, stream, cut) instanceof Outcome.Connected session) {
                    assertThat(stream).startsWith(exchange.answer());
                    assertThat(session.sessionKey()).isEqualTo(exchange.vector().text("sessionKey"));
                }
            }
        } finally {
            VirtualTimeScheduler.reset();
        }
    }

    private static Outcome play(Settings settings, CountedTime time, byte[] stream, int cut) {
        int at = cut % (stream.length + 1);
        Outcome outcome = MemoryConnection.play(settings, time, Bytes.head(stream, at), Bytes.tail(stream, at));
        if (outcome instanceof Outcome.Refused refused) {
            assertThat(refused.reason()).isIn(REFUSALS);
            assertThat(refused.message()).matches("\\P{Cntrl}+");
        }
        return outcome;
    }

    @Override
    public Stream<byte[]> seeds() {
        Stream<byte[]> recorded = IntStream.range(0, exchanges.size())
                .mapToObj(number -> chosen(number, exchanges.get(number).answer()));
        Stream<byte[]> refused = VectorFile.named("connect-negative.json")
                .cases("exchanges")
                .map(vector -> chosen(0, vector.bytes("responseWithLength")));
        Stream<byte[]> signed = SigningServer.choices().map(choices -> chosen(SIGNING, choices));
        return Seeds.around(Stream.of(recorded, refused, signed).flatMap(seeds -> seeds));
    }

    /** Of this server, cut after some bytes. */
    private static byte[] chosen(int server, byte[] rest) {
        return Bytes.join(new byte[] {(byte) server, 0, 7}, rest);
    }
}
