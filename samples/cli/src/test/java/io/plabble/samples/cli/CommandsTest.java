package io.plabble.samples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.plabble.protocol.BucketId;
import io.plabble.protocol.PacketType;
import io.plabble.protocol.certificate.CertificateFiles;
import io.plabble.sdk.test.Fault;
import io.plabble.sdk.test.FaultPoint;
import io.plabble.sdk.test.PlabbleTestServer;
import io.plabble.sdk.test.TestCertificates;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;

/** The commands in this JVM, against an embedded server. */
class CommandsTest {
    private final PlabbleTestServer server = PlabbleTestServer.builder()
            .certificates(TestCertificates.builder("127.0.0.1").intermediates().build())
            .start();

    @TempDir
    Path directory;

    private String at;
    private String trust;
    private String keyFile;

    @BeforeEach
    void writeTheRoot() {
        at = server.host() + ":" + server.port();
        trust = directory.resolve("root.pem").toString();
        keyFile = directory.resolve("notes.key").toString();
        CertificateFiles.write(Path.of(trust), server.trustStore().roots());
    }

    @AfterEach
    void stopTheServer() {
        server.close();
    }

    @Test
    void severalRootsMayFollowOneOption() {
        String other = root("other.example");

        assertThat(run("connect", "--trust", other, trust, at).done().out()).startsWith("Connected to " + at);
        assertThat(run("connect", at, "--trust", other, trust).done().out()).startsWith("Connected to " + at);
        assertThat(run("connect", at, "--trust=" + other, "--trust=" + trust).status())
                .isZero();
        run("connect", at, "--trust", other).failed("untrusted-root");
        run("connect", at, "--pin", "58" + "66".repeat(31), server.identityKey().toString())
                .done();
    }

    @Test
    void anOptionLeavesTheOperandsThatMayFollowIt() {
        create();

        run("append", at, "--trust", trust, "hello", "--key-file", keyFile).done();
        run("put", "--trust", trust, at, "1", "world", "--key-file", keyFile).done();
        assertThat(run("read", at, "--trust", trust, "0..1", "--key-file", keyFile)
                        .done()
                        .out())
                .isEqualTo("0\thello\n1\tworld\n");
    }

    @Test
    void contentComesFromArgumentsFilesAndStandardInput() throws IOException {
        create();
        Path file = Files.write(directory.resolve("content"), new byte[] {1, (byte) 0xff});

        trusted("append", "@not-a-file", "--").done();
        trusted("append", "--file", file.toString()).done();
        trustedWith("from\nstdin", "append").done();
        trustedWith("a\nb\n", "append", "--lines").done();
        trustedWith("", "put", "9").done();

        assertThat(trusted("read").done().out())
                .isEqualTo("0\t@not-a-file\n1\t0x01ff\n2\tfrom\\u{a}stdin\n3\ta\n4\tb\n9\t\n");
        assertThat(trusted("read", "--raw", "2..4").done().out()).isEqualTo("from\nstdinab");
        assertThat(trusted("read", "1", "--json").json())
                .extracting(JsonNode::toString)
                .containsExactly(
                        "{\"ok\":true,\"index\":1,\"size\":2,\"base64\":\"Af8=\"}", "{\"ok\":true,\"slots\":1}");
        assertThat(trusted("read", "100..", "--json").json())
                .extracting(JsonNode::toString)
                .containsExactly("{\"ok\":true,\"slots\":0}");
        assertThat(trusted("read", "100..").done().out()).isEmpty();
    }

    @Test
    void aFileThatIsNotThereIsTold() {
        create();

        assertThat(trusted("append", "--file", directory.resolve("none").toString())
                        .failed("configuration")
                        .err())
                .contains("there is no such file");
        run("connect", at, "--trust", directory.resolve("none.pem").toString()).failed("configuration");
        run(
                        "read",
                        at,
                        "--trust",
                        trust,
                        "--key-file",
                        directory.resolve("none.key").toString())
                .failed("configuration");
    }

    @Test
    void theKeyFileMustBeOfTheBucketThatIsNamed() {
        create();
        String id = KeyFile.read(Path.of(keyFile)).id().hex();

        trusted("read", "--bucket", id).done();
        trusted("read", "--bucket", "00".repeat(16)).misused("is not the bucket of");
    }

    @Test
    void aKeyFileThatOthersMayReadIsWarnedOf() throws IOException {
        create();
        Files.setPosixFilePermissions(Path.of(keyFile), PosixFilePermissions.fromString("rw-r--r--"));

        Outcome read = trusted("read");
        assertThat(read.status()).isZero();
        assertThat(read.err())
                .startsWith("plabble: warning: ")
                .contains(keyFile)
                .hasLineCount(1);
    }

    @Test
    void withoutTheKeyOnlyWhatIsPublicCanBeDone() {
        String id = create("--allow", "public-read,private-append");
        trusted("append", "hello").done();

        assertThat(run("read", at, "--trust", trust, "--bucket", id).done().out())
                .isEqualTo("0\thello\n");
        JsonNode refused = run("append", at, "more", "--trust", trust, "--bucket", id, "--json")
                .onlyJson();
        assertThat(refused.get("ok").booleanValue()).isFalse();
        assertThat(refused.get("reason").textValue()).isEqualTo("error-response");
        assertThat(refused.get("code").intValue()).isEqualTo(3);
    }

    @Test
    void aBucketIsWhatItWasAskedToBe() {
        BucketId id = BucketId.ofHex(
                create("--allow", "public-read", "--allow", "deletable", "--lifetime-days", "7", "--ram"));

        assertThat(id.lifetimeDays()).isEqualTo(7);
        assertThat(id.permissions()).hasToString("[PUBLIC_READ, DELETABLE]");
    }

    @Test
    void anExistingKeyFileIsRefusedBeforeAnythingIsSent() throws IOException {
        Files.writeString(Path.of(keyFile), "precious");

        assertThat(trusted("create").failed("configuration").err()).contains(keyFile, "not overwritten");
        assertThat(server.accepted()).isZero();
        assertThat(Path.of(keyFile)).hasContent("precious");
    }

    @Test
    void aKeyFileThatCannotBeWrittenLeavesNoBucket() {
        keyFile = directory.resolve("no-such-directory").resolve("notes.key").toString();

        trusted("create").failed("configuration");
        assertThat(server.received(PacketType.CREATE)).isZero();
    }

    @Test
    void theKeyFileOfABucketThatWasRefusedIsRemoved() {
        server.fault(FaultPoint.REQUEST_RECEIVED, Fault.error(41, "taken"));

        assertThat(trusted("create").failed("error-response").err()).contains("taken");
        assertThat(Path.of(keyFile)).doesNotExist();
    }

    @Test
    void theKeyFileOfABucketThatMayExistIsKept() {
        server.fault(FaultPoint.ANSWER, Fault.close());

        JsonNode failure = trusted("create", "--json").onlyJson();
        assertThat(failure.get("ok").booleanValue()).isFalse();
        assertThat(failure.get("message").textValue()).contains("may exist", keyFile);
        KeyFile kept = KeyFile.read(Path.of(keyFile));
        assertThat(failure.get("bucket").textValue()).isEqualTo(kept.id().hex());
        assertThat(failure.get("keyFile").textValue()).isEqualTo(keyFile);
        server.clearFaults();
        trusted("read").done();
    }

    @Test
    void aServerThatHasFailedWithinMayHaveMadeTheBucket() {
        server.fault(FaultPoint.ANSWER, Fault.error(1, ""));

        assertThat(trusted("create").failed("error-response").err()).contains("may exist");
        assertThat(Path.of(keyFile)).exists();
    }

    @Test
    void watchingEndsOnceItIsToldTo() {
        create();
        trusted("append", "hello").done();

        Outcome watched = InProcess.run(
                new byte[0],
                Mono.delay(Duration.ofMillis(500)).then(),
                "watch",
                at,
                "--trust",
                trust,
                "--key-file",
                keyFile,
                "--present",
                "--json");
        assertThat(watched.done().json())
                .extracting(JsonNode::toString)
                .containsExactly(
                        "{\"ok\":true,\"kind\":\"present\",\"index\":0,\"size\":5,\"text\":\"hello\"}",
                        "{\"ok\":true,\"updates\":0}");
        assertThat(server.openConnections()).isZero();
    }

    @Test
    void whatAServerSaysIsEscaped() {
        server.fault(FaultPoint.CONNECT_RECEIVED, Fault.error(200, "\u001b[31mred\u202e"));

        assertThat(run("connect", at, "--trust", trust).failed("error-response").err())
                .contains("\\u{1b}[31mred\\u{202e}")
                .doesNotContain("\u001b", "\u202e");
        JsonNode failure = run("connect", at, "--trust", trust, "--json").onlyJson();
        assertThat(failure.get("code").intValue()).isEqualTo(200);
    }

    private String create(String... options) {
        return trusted(Stream.concat(
                                Stream.of("create"),
                                Arrays.stream(
                                        options.length == 0
                                                ? new String[] {"--allow", "private-write,private-append,deletable"}
                                                : options))
                        .toArray(String[]::new))
                .done()
                .out()
                .strip();
    }

    private String root(String name) {
        Path file = directory.resolve(name + ".pem");
        CertificateFiles.write(
                file, List.of(TestCertificates.builder(name).build().root()));
        return file.toString();
    }

    private Outcome trusted(String command, String... arguments) {
        return trustedWith("", command, arguments);
    }

    private Outcome trusted(String[] words) {
        return trustedWith("", words[0], Arrays.copyOfRange(words, 1, words.length));
    }

    private Outcome trustedWith(String in, String command, String... arguments) {
        List<String> words = new ArrayList<>(List.of(command, at, "--trust", trust, "--key-file", keyFile));
        words.addAll(List.of(arguments));
        return InProcess.run(in.getBytes(StandardCharsets.UTF_8), Mono.never(), words.toArray(String[]::new));
    }

    private static Outcome run(String... arguments) {
        return InProcess.run(arguments);
    }
}
