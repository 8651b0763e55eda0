package io.plabble.sdk;

import io.plabble.protocol.certificate.Certificate;
import io.plabble.protocol.certificate.TrustStore;
import io.plabble.protocol.internal.crypto.SessionKeyPair;
import io.plabble.testsupport.VectorCase;
import io.plabble.testsupport.VectorFile;
import java.io.IOException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Arrays;

/** The CONNECT of a session of {@code session.json}: a {@link ScriptedServer} can answer it without any key. */
record RecordedHandshake(VectorCase session) {
    private static final VectorFile FILE = VectorFile.named("session.json");

    /** The first recorded session, which is encrypted. */
    static RecordedHandshake any() {
        return new RecordedHandshake(FILE.cases("sessions").findFirst().orElseThrow());
    }

    /** The server's part. */
    void answer(ScriptedServer.Peer client) throws IOException {
        client.expect(session.bytes("requestWithLength"));
        client.send(session.bytes("responseWithLength"));
    }

    /** The client's part, without Length. */
    byte[] request() {
        byte[] wire = session.bytes("requestWithLength");
        return Arrays.copyOfRange(wire, 1, wire.length);
    }

    /** The server's part, without Length. */
    byte[] response() {
        byte[] wire = session.bytes("responseWithLength");
        return Arrays.copyOfRange(wire, 2, wire.length);
    }

    /** The client that sends what was recorded. */
    PlabbleClient client(ScriptedServer server) {
        return client(PlabbleClient.create("127.0.0.1", server.port()));
    }

    /** As {@link #client(ScriptedServer)}, over another transport. */
    PlabbleClient client(PlabbleClient dialled) {
        return dialled.encryption(session.hasFlag(0x20) ? Encryption.ON : Encryption.OFF)
                .serverName(session.text("host"))
                .clock(Clock.fixed(FILE.time(), ZoneOffset.UTC))
                .trust(TrustStore.empty()
                        .withRoots(session.byteStrings("trustedRoots").stream()
                                .map(Certificate::parse)
                                .toList()))
                .origins(origins ->
                        origins.withKeyPairs(random -> SessionKeyPair.ofPrivateKey(session.bytes("clientPrivateKey"))));
    }
}
