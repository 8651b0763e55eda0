package io.plabble.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.plabble.protocol.BucketId;
import io.plabble.protocol.BucketKey;
import io.plabble.protocol.PlabbleException;
import io.plabble.protocol.PlabbleServerException;
import io.plabble.protocol.Reason;
import io.plabble.protocol.internal.crypto.SessionKeyPair;
import io.plabble.sdk.test.Fault;
import io.plabble.sdk.test.FaultPoint;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

/** What a connection writes into the log, and that no secret is in it. */
class JournalTest extends SessionFixture {
    private static final String CONNECTIONS = "io.plabble.sdk.connection";
    private static final String PACKETS = "io.plabble.sdk.packets";
    private static final Pattern ID = Pattern.compile("\\[([0-9a-f]{8})] (.*)", Pattern.DOTALL);

    private final LogRecorder recorder = new LogRecorder();

    @AfterEach
    void stopRecording() {
        recorder.close();
    }

    // ── steps ───────────────────────────────────────────────────────────────────────────────────────────────────────

    @Test
    void aLineForEachStepWithTheIdOfTheConnection() {
        PlabbleSession session = connect(client());
        done(session.close());
        done(session.onClose());

        List<String> expected = new ArrayList<>();
        expected.add("connecting to 127.0.0.1:" + server.port() + " over " + transport.code());
        Arrays.stream(ConnectStep.values())
                .filter(step -> step != ConnectStep.SECURED || transport.isSecured())
                .filter(step -> step != ConnectStep.UPGRADED || transport.isWebSocket())
                .forEach(step -> expected.add(step + " done after … ms"));
        expected.add("session ended: this end closed the session; connect again");
        assertThat(lines(CONNECTIONS))
                .extracting(line -> line.replaceAll("[0-9]+\\.[0-9]{3} ms", "… ms"))
                .isEqualTo(expected);
        assertThat(recorder.events)
                .filteredOn(event -> event.getLoggerName().equals(CONNECTIONS))
                .allSatisfy(event -> assertThat(event.getLevel()).isEqualTo(Level.DEBUG));
        assertThat(ids()).hasSize(1);
    }

    @Test
    void connectionsAreToldApart() {
        PlabbleSession one = connect(client());
        PlabbleSession other = connect(client());
        done(one.close());
        done(other.close());
        assertThat(ids()).hasSize(2);
    }

    @Test
    void aLineForAFailureWithItsReason() {
        fails(client().serverName("other.example").connect(), PlabbleException.class, error -> {});
        assertThat(lines(CONNECTIONS))
                .last()
                .satisfies(line -> assertThat(line)
                        .startsWith("name-mismatch: CONNECT to 127.0.0.1:" + server.port())
                        .contains("other.example"));
        assertThat(ids()).hasSize(1);
    }

    @Test
    void whatFailsBeforeThereIsAConnectionHasNoId() {
        fails(
                client().trust(() -> {
                            throw new IllegalStateException("no file");
                        })
                        .connect(),
                PlabbleException.class,
                error -> {});
        assertThat(recorder.events)
                .singleElement()
                .satisfies(event -> assertThat(event.getFormattedMessage()).startsWith("[-] configuration: "));
    }

    @Test
    void aLineForACancelAndWhatItWaitedFor() {
        server.fault(FaultPoint.CONNECT_RECEIVED, Fault.silence());
        Disposable connecting = client().connect().subscribe();
        eventually(() -> assertThat(server.requests()).hasSize(1));
        eventually(() -> assertThat(lines(CONNECTIONS)).last().asString().startsWith("REQUEST_SENT"));
        connecting.dispose();
        assertThat(lines(CONNECTIONS)).last().isEqualTo("cancelled, waiting for the server's answer to CONNECT");
        assertThat(ids()).hasSize(1);
    }

    @Test
    void aSessionThatIsCancelledLaterIsNoCancelledConnect() {
        AtomicBoolean handedOver = new AtomicBoolean();
        Disposable working = client().withSession(session -> {
                    handedOver.set(true);
                    return Mono.never();
                })
                .subscribe();
        eventually(() -> assertThat(handedOver).isTrue());
        working.dispose();
        eventually(() -> assertThat(lines(CONNECTIONS)).last().asString().startsWith("session ended"));
        assertThat(lines(CONNECTIONS)).noneMatch(line -> line.contains("cancelled"));
    }

    @Test
    void aLineForTheEndThatTheServerBroughtAbout() {
        PlabbleSession session = connect(client());
        server.closeConnections();
        fails(session.onClose(), PlabbleSessionClosedException.class, closed -> {});
        assertThat(lines(CONNECTIONS))
                .last()
                .isEqualTo("session ended: the server closed the connection; connect again");
    }

    // ── packets ─────────────────────────────────────────────────────────────────────────────────────────────────────

    @ParameterizedTest
    @EnumSource(
            value = Encryption.class,
            names = {"ON", "OFF"})
    void aLineForEachPacketWithTypeCounterAndSize(Encryption encryption) {
        List<WirePacket> packets = new CopyOnWriteArrayList<>();
        PlabbleSession session = connect(client().encryption(encryption).doOnPacket(packets::add));
        Bucket bucket = create(session);
        done(bucket.put(7, "seven"));
        fails(session.bucket(BucketId.of(new byte[16])).read(), PlabbleServerException.class, refused -> {});

        assertThat(lines(PACKETS))
                .extracting(line -> line.replaceAll("[0-9]+ bytes", "… bytes"))
                .containsExactly(
                        "sent CONNECT counter 0, … bytes",
                        "received CONNECT counter 0, … bytes",
                        "sent CREATE counter 0, … bytes",
                        "received CREATE counter 0, … bytes",
                        "sent PUT counter 1, … bytes",
                        "received PUT counter 1, … bytes",
                        "sent REQUEST counter 2, … bytes",
                        "received ERROR counter 2, … bytes");
        assertThat(lines(PACKETS))
                .extracting(JournalTest::size)
                .isEqualTo(packets.stream().map(WirePacket::size).toList());
        assertThat(recorder.events)
                .filteredOn(event -> event.getLoggerName().equals(PACKETS))
                .allSatisfy(event -> assertThat(event.getLevel()).isEqualTo(Level.TRACE));
        assertThat(ids()).hasSize(1);
    }

    private static int size(String line) {
        return Integer.parseInt(line.replaceAll(".* ([0-9]+) bytes", "$1"));
    }

    @Test
    void atDebugNoPacketIsTold() {
        recorder.only(Level.DEBUG);
        create(connect(client()));
        assertThat(lines(CONNECTIONS)).isNotEmpty();
        assertThat(lines(PACKETS)).isEmpty();
    }

    // ── secrets ─────────────────────────────────────────────────────────────────────────────────────────────────────

    @ParameterizedTest
    @EnumSource(
            value = Encryption.class,
            names = {"ON", "OFF"})
    void noLineHoldsASecret(Encryption encryption) {
        String content = "the content of a slot";
        byte[] privateKey = new byte[SessionKeyPair.LENGTH];
        new SecureRandom().nextBytes(privateKey);
        KeyMaterial secrets =
                new KeyMaterial().add(content.getBytes(StandardCharsets.UTF_8)).add(privateKey);
        PlabbleSession session = connect(client().encryption(encryption)
                .origins(origins -> origins.withKeyPairs(random -> SessionKeyPair.ofPrivateKey(privateKey))));
        PlabbleSession hasty = connect(client().encryption(encryption).requestTimeout(Duration.ofMillis(50)));
        secrets.addSession(session).addSession(hasty);
        Bucket bucket = create(session, ALL_PRIVATE);
        BucketKey key = bucket.key().orElseThrow();
        secrets.add(HexFormat.of().parseHex(key.hex()));

        Disposable following = bucket.readAndFollow().subscribe();
        done(bucket.put(1, content));
        done(bucket.append(content));
        assertThat(slots(bucket.read())).hasSize(2);
        done(bucket.wipe(1));
        following.dispose();
        fails(session.bucket(bucket.id()).put(1, content), PlabbleServerException.class, refused -> {});
        BucketKey wrong =
                BucketKey.ofHex("5ec2e7".repeat(11).substring(0, key.hex().length()));
        secrets.add(HexFormat.of().parseHex(wrong.hex()));
        fails(session.bucket(bucket.id(), wrong).put(1, content), PlabbleServerException.class, refused -> {});
        server.fault(FaultPoint.REQUEST_RECEIVED, Fault.once(Fault.silence()));
        fails(hasty.bucket(bucket.id(), key).put(2, content), PlabbleTimeoutException.class, late -> {});
        server.fault(FaultPoint.REQUEST_RECEIVED, Fault.once(Fault.silence()));
        fails(
                hasty.createBucket(ALL_PRIVATE),
                PlabbleTimeoutException.class,
                late -> secrets.add(HexFormat.of()
                        .parseHex(late.candidate().orElseThrow().key().hex())));
        server.fault(FaultPoint.ANSWER, Fault.once(Fault.rewrite(wire -> {
            wire[wire.length - 1] ^= 1;
            return wire;
        })));
        fails(
                bucket.put(3, content),
                PlabbleException.class,
                broken -> assertThat(broken.reason()).isEqualTo(Reason.AUTHENTICATION_FAILED));
        fails(client().serverName("other.example").connect(), PlabbleException.class, error -> {});

        assertThat(recorder.events).hasSizeGreaterThan(30);
        recorder.events.forEach(secrets::assertNotIn);
    }

    /** The lines of a logger, without ids. */
    private List<String> lines(String logger) {
        return recorder.events.stream()
                .filter(event -> event.getLoggerName().equals(logger))
                .map(event -> ID.matcher(event.getFormattedMessage()))
                .filter(Matcher::matches)
                .map(matcher -> matcher.group(2))
                .toList();
    }

    /** Of all lines; each has to have one. */
    private List<String> ids() {
        return recorder.events.stream()
                .map(event -> ID.matcher(event.getFormattedMessage()))
                .peek(matcher -> assertThat(matcher.matches()).isTrue())
                .map(matcher -> matcher.group(1))
                .distinct()
                .toList();
    }
}
