package io.plabble.sdk.internal;

import io.plabble.protocol.certificate.Certificate;
import io.plabble.protocol.certificate.TrustStore;
import io.plabble.protocol.crypto.IdentityKey;
import io.plabble.protocol.internal.crypto.SessionKeyPair;
import io.plabble.sdk.Encryption;
import io.plabble.testsupport.VectorCase;
import io.plabble.testsupport.VectorFile;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;

/** An exchange of {@code connect.json} or {@code connect-negative.json}: how the client is set, and what the server answers. */
record RecordedConnect(VectorFile file, VectorCase vector) {
    private static final int ENCRYPTION = 0x20;
    private static final int CERTIFICATE = 0x40;

    static RecordedConnect valid(String name) {
        return named("connect.json", name);
    }

    static RecordedConnect refused(String name) {
        return named("connect-negative.json", name);
    }

    private static RecordedConnect named(String fileName, String name) {
        VectorFile file = VectorFile.named(fileName);
        return file.cases("exchanges")
                .filter(vector -> vector.text("name").equals(name))
                .map(vector -> new RecordedConnect(file, vector))
                .findFirst()
                .orElseThrow();
    }

    Settings settings() {
        Settings anybody = Settings.of(Endpoint.tcp("127.0.0.1", 4242))
                .withEncryption(vector.hasFlag(ENCRYPTION) ? Encryption.ON : Encryption.OFF)
                .withOrigins(origins ->
                        origins.withKeyPairs(random -> SessionKeyPair.ofPrivateKey(vector.bytes("clientPrivateKey"))));
        if (!vector.hasFlag(CERTIFICATE)) {
            return anybody.withVerification(
                    how -> how.withPins(List.of(IdentityKey.of(vector.bytes("pinnedIdentity")))));
        }
        TrustStore trust = TrustStore.empty()
                .withRoots(certificates("trustedRoots"))
                .withIntermediates(certificates("trustedIntermediates"));
        return anybody.withEndpoint(endpoint -> endpoint.withServerName(vector.text("host")))
                .withVerification(how -> how.withTrust(() -> trust)
                        .withClock(Clock.fixed(file.time(), ZoneOffset.UTC))
                        .withClockSkew(Duration.ofSeconds(vector.number("skewSeconds")))
                        .withMaxCertificates(file.maxCertificates()));
    }

    private List<Certificate> certificates(String list) {
        return vector.byteStrings(list).stream().map(Certificate::parse).toList();
    }

    byte[] request() {
        return vector.bytes("requestWithLength");
    }

    byte[] answer() {
        return vector.bytes("responseWithLength");
    }

    @Override
    public String toString() {
        return vector.text("name");
    }
}
