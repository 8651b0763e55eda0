package io.plabble.samples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.plabble.protocol.certificate.Certificate;
import io.plabble.protocol.certificate.CertificateFiles;
import io.plabble.sdk.test.Fault;
import io.plabble.sdk.test.FaultPoint;
import io.plabble.sdk.test.PlabbleTestServer;
import io.plabble.sdk.test.TestCertificates;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConnectIT {
    private static final Instant EXPIRY = Instant.now().plus(Duration.ofDays(1));

    @TempDir
    static Path directory;

    private static PlabbleTestServer server;
    private static String at;
    private static String trust;

    @BeforeAll
    static void startAServer() {
        server = PlabbleTestServer.builder()
                .certificates(TestCertificates.builder("127.0.0.1")
                        .intermediates()
                        .valid(EXPIRY.minus(Duration.ofDays(2)), EXPIRY)
                        .build())
                .start();
        at = server.host() + ":" + server.port();
        trust = trustOf(server);
    }

    @AfterEach
    void mendTheServer() {
        server.clearFaults();
    }

    @AfterAll
    static void stopTheServer() {
        server.close();
    }

    @Test
    void tellsPeopleWhatTheServerHasProved() {
        assertThat(Jar.run("connect", at, "--trust", trust).done().out())
                .startsWith("Connected to " + at + " in ")
                .contains("127.0.0.1", "root.plabble.test", "by certificate chain")
                .contains(server.identityKey().toString(), lastFingerprint())
                .containsPattern("encrypted +yes")
                .doesNotContain("\u001b");
    }

    @Test
    void tellsScriptsWhatTheServerHasProved() {
        JsonNode connected =
                Jar.run("connect", "--json", "--trust", trust, at).done().onlyJson();

        assertThat(connected.fieldNames())
                .toIterable()
                .containsExactly(
                        "connected",
                        "host",
                        "port",
                        "protocolVersion",
                        "encrypted",
                        "identityKey",
                        "certificates",
                        "sessionKeySha256",
                        "elapsedMillis");
        assertThat(connected.get("connected").booleanValue()).isTrue();
        assertThat(connected.get("host").textValue()).isEqualTo("127.0.0.1");
        assertThat(connected.get("port").intValue()).isEqualTo(server.port());
        assertThat(connected.get("protocolVersion").intValue()).isEqualTo(1);
        assertThat(connected.get("encrypted").booleanValue()).isTrue();
        assertThat(connected.get("identityKey").textValue())
                .isEqualTo(server.identityKey().toString());
        assertThat(connected.get("sessionKeySha256").textValue()).isEqualTo(lastFingerprint());
        assertThat(connected.get("elapsedMillis").isIntegralNumber()).isTrue();

        Certificate root = server.trustStore().roots().get(0);
        assertThat(connected.get("certificates")).hasSize(2);
        assertThat(connected.get("certificates").get(1))
                .isEqualTo(Outcome.parse("{\"name\":\"root.plabble.test\",\"publicKey\":\"" + root.publicKey()
                        + "\",\"validFrom\":\"2020-01-01T00:00:00Z\",\"validTo\":\"2156-02-07T06:28:15Z\"}"));
    }

    @Test
    void aPinNeedsNoCertificate() {
        JsonNode connected = Jar.run(
                        "connect", at, "--pin", server.identityKey().toString(), "--encryption=off", "--json")
                .done()
                .onlyJson();

        assertThat(connected.get("identityKey").textValue())
                .isEqualTo(server.identityKey().toString());
        assertThat(connected.get("certificates")).isEmpty();
        assertThat(connected.get("encrypted").booleanValue()).isFalse();
    }

    @Test
    void anUnauthenticatedServerHasNoIdentity() {
        JsonNode connected =
                Jar.run("connect", at, "--unauthenticated", "--json").done().onlyJson();

        assertThat(connected.get("identityKey").isNull()).isTrue();
        assertThat(connected.get("certificates")).isEmpty();
    }

    @Test
    void anotherPinIsRefused() {
        String other = TestCertificates.forHost("x").identity().publicKey().toString();

        Jar.run("connect", at, "--trust", trust, "--pin", other).failed("pinned-key-mismatch");
        // Without a chain, the signature alone tells.
        Jar.run("connect", at, "--pin", other).failed("signature-invalid");
    }

    @Test
    void anUntrustedRootIsRefused() {
        Path other = directory.resolve("other.pem");
        CertificateFiles.write(other, List.of(TestCertificates.forHost("x").root()));

        Jar.run("connect", at, "--trust", other.toString()).failed("untrusted-root");
    }

    @Test
    void anotherNameIsRefused() {
        Jar.run("connect", at, "--trust", trust, "--server-name", "other.example")
                .failed("name-mismatch");
    }

    @Test
    void anExpiredCertificateIsRefusedUnlessTheSkewAllowsIt() {
        String late = EXPIRY.plusSeconds(30).toString();

        JsonNode refused =
                Jar.run("connect", at, "--trust", trust, "--at", late, "--json").onlyJson();
        assertThat(refused.fieldNames()).toIterable().containsExactly("connected", "reason", "message");
        assertThat(refused.get("connected").booleanValue()).isFalse();
        assertThat(refused.get("reason").textValue()).isEqualTo("certificate-expired");
        Jar.run("connect", at, "--trust", trust, "--at", late, "--clock-skew", "30s")
                .done();
    }

    @Test
    void whereNobodyListensTheConnectionIsRefused() {
        Jar.run("connect", "127.0.0.1:1", "--unauthenticated").failed("connection-refused");
    }

    @Test
    void anErrorBringsItsCode() {
        server.fault(FaultPoint.CONNECT_RECEIVED, Fault.error(2, "\u001b]0;too new\u0007"));

        Outcome refused = Jar.run("connect", at, "--trust", trust, "--json");
        assertThat(refused.status()).isEqualTo(1);
        assertThat(refused.out()).matches("[ -~]+\n");
        JsonNode error = refused.onlyJson();
        assertThat(error.fieldNames()).toIterable().containsExactly("connected", "reason", "code", "message");
        assertThat(error.get("reason").textValue()).isEqualTo("error-response");
        assertThat(error.get("code").intValue()).isEqualTo(2);
    }

    @Test
    void aServerThatIsSilentTimesOut() {
        server.fault(FaultPoint.CONNECT_RECEIVED, Fault.silence());

        Jar.run("connect", at, "--trust", trust, "--timeout", "500ms").failed("timeout");
    }

    @Test
    void wrongUsageExits2() {
        Jar.run("connect", at, "--json").misused("whom to trust?");
    }

    @Test
    void aStackTraceIsShownOnlyIfAskedFor() {
        Outcome failed = Jar.run("connect", "127.0.0.1:1", "--unauthenticated", "--verbose");

        assertThat(failed.status()).isEqualTo(1);
        assertThat(failed.err())
                .contains("DEBUG", "\tat io.plabble.samples.cli.ConnectCommand.call(")
                .contains("plabble: connection-refused: ");
    }

    @Test
    void theTraceNamesEveryByteAndLeavesStandardOutputAlone() {
        Outcome traced = Jar.run("connect", at, "--trust", trust, "--trace", "--json");

        assertThat(traced.status()).isZero();
        assertThat(traced.onlyJson().get("connected").booleanValue()).isTrue();
        assertThat(traced.err())
                .contains("· connected", "· certificates verified", "· secret agreed")
                .contains("→ CONNECT 0, 34 bytes", "← CONNECT 0, ")
                .contains("TypeFlags  CONNECT; #6 encrypt, #7 send the certificates", "Version  1", "ClientPublicKey")
                .contains(
                        "ServerPublicKey", "Signature", "Certificate 1 Name  127.0.0.1", "Certificate 2 ValidTo  2156-")
                .contains("… 32 more")
                .doesNotContain("\u001b");
    }

    @Test
    void theTraceIsColouredIfAskedFor() {
        Outcome traced = Jar.run("connect", at, "--trust", trust, "--trace", "--color=always");

        assertThat(traced.err()).contains("\u001b[");
        assertThat(traced.out()).doesNotContain("\u001b");
    }

    @Test
    void anIpv6AddressStandsInBrackets() {
        try (PlabbleTestServer six = PlabbleTestServer.builder()
                .host("::1")
                .certificates(TestCertificates.builder("::1").intermediates().build())
                .start()) {
            JsonNode connected = Jar.run("connect", "[::1]:" + six.port(), "--trust", trustOf(six), "--json")
                    .done()
                    .onlyJson();
            assertThat(connected.get("host").textValue()).isEqualTo("::1");
        }
    }

    private static String lastFingerprint() {
        return server.sessions().get(server.sessions().size() - 1).fingerprint();
    }

    private static String trustOf(PlabbleTestServer server) {
        Path file = directory.resolve(server.port() + ".pem");
        CertificateFiles.write(file, server.trustStore().roots());
        return file.toString();
    }
}
