package io.plabble.samples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.plabble.protocol.BucketId;
import io.plabble.protocol.BucketKey;
import io.plabble.protocol.PacketType;
import io.plabble.protocol.Slot;
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
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BucketIT {
    private final PlabbleTestServer server = PlabbleTestServer.builder()
            .certificates(TestCertificates.builder("127.0.0.1").intermediates().build())
            .start();

    @TempDir
    Path directory;

    private Path trust;
    private Path keyFile;

    @BeforeEach
    void writeTheRoot() {
        trust = directory.resolve("root.pem");
        keyFile = directory.resolve("notes.key");
        CertificateFiles.write(trust, server.trustStore().roots());
    }

    @AfterEach
    void stopTheServer() {
        server.close();
    }

    @Test
    void aBucketLivesFromCreateToDelete() throws IOException {
        Outcome created = run("create", "--allow", "private-write,private-append,deletable", "--lifetime-days", "7");
        BucketId id = BucketId.ofHex(created.done().out().strip());
        assertThat(Files.getPosixFilePermissions(keyFile)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(KeyFile.read(keyFile).id()).isEqualTo(id);
        assertThat(id.lifetimeDays()).isEqualTo(7);

        assertThat(run("append", "hello").done().out()).isEmpty();
        assertThat(runWith("a\nb", "append", "--lines", "--json").done().out())
                .isEqualTo("{\"ok\":true,\"slots\":2}\n");
        assertThat(runWith("from\tstdin", "put", "5", "--json").done().out())
                .isEqualTo("{\"ok\":true,\"index\":5,\"size\":10}\n");
        assertThat(server.bucket(id).orElseThrow())
                .containsExactly(Slot.of(0, "hello"), Slot.of(1, "a"), Slot.of(2, "b"), Slot.of(5, "from\tstdin"));

        assertThat(run("read").done().out()).isEqualTo("0\thello\n1\ta\n2\tb\n5\tfrom\\u{9}stdin\n");
        assertThat(run("read", "2..", "--json").done().out()).isEqualTo("""
                        {"ok":true,"index":2,"size":1,"text":"b"}
                        {"ok":true,"index":5,"size":10,"text":"from\\tstdin"}
                        {"ok":true,"slots":2}
                        """);
        assertThat(run("read", "5", "--raw").done().out()).isEqualTo("from\tstdin");

        assertThat(run("wipe", "1..2", "--json").done().out()).isEqualTo("{\"ok\":true,\"range\":\"1..2\"}\n");
        assertThat(server.bucket(id).orElseThrow()).hasSize(2);

        assertThat(run("delete", "--json").done().out()).isEqualTo("{\"ok\":true,\"bucket\":\"" + id + "\"}\n");
        JsonNode gone = run("read", "--json").onlyJson();
        assertThat(gone.get("ok").booleanValue()).isFalse();
        assertThat(gone.get("reason").textValue()).isEqualTo("error-response");
        assertThat(gone.get("code").intValue()).isEqualTo(21);
        assertThat(run("read").failed("error-response").err()).contains("bucket does not exist");
    }

    @Test
    void whatIsCreatedIsToldToScripts() {
        JsonNode created = run("create", "--allow", "public-read", "--ram", "--json")
                .done()
                .onlyJson();

        assertThat(created.get("ok").booleanValue()).isTrue();
        assertThat(created.get("bucket").textValue())
                .isEqualTo(KeyFile.read(keyFile).id().hex());
        assertThat(created.get("permissions")).isEqualTo(Outcome.parse("[\"public-read\"]"));
        assertThat(created.get("keyFile").textValue()).isEqualTo(keyFile.toString());
    }

    @Test
    void theKeyIsOnTheDiskBeforeTheRequestGoesOutAndSurvivesTheProcess() throws IOException {
        server.fault(FaultPoint.REQUEST_RECEIVED, Fault.hold());
        try (Jar create = Jar.start(words("create"))) {
            Jar.await().until(() -> server.received(PacketType.CREATE) == 1);

            assertThat(Files.getPosixFilePermissions(keyFile)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
            create.kill();
        }
        assertThat(KeyFile.read(keyFile).key()).isNotNull();
    }

    @Test
    void aKeyFileIsNeverOverwritten() throws IOException {
        Files.writeString(keyFile, "precious");

        run("create").failed("configuration");
        assertThat(keyFile).hasContent("precious");
        assertThat(server.accepted()).isZero();
    }

    @Test
    void aRefusedBucketLeavesNoKeyFile() {
        server.fault(FaultPoint.REQUEST_RECEIVED, Fault.error(41, "taken"));

        Outcome refused = run("create", "--json");
        assertThat(refused.status()).isEqualTo(1);
        assertThat(refused.onlyJson().get("code").intValue()).isEqualTo(41);
        assertThat(keyFile).doesNotExist();
    }

    @Test
    void anUnansweredCreateKeepsTheKeyFile() {
        server.fault(FaultPoint.ANSWER, Fault.close());

        assertThat(run("create").failed("connection-closed").err()).contains("may exist", keyFile.toString());
        KeyFile kept = KeyFile.read(keyFile);
        assertThat(server.bucket(kept.id())).isPresent();
    }

    @Test
    void theWrongKeyIsRefused() {
        BucketId id = BucketId.ofHex(run("create").done().out().strip());
        keyFile = directory.resolve("wrong.key");
        KeyFile.create(keyFile, id, BucketKey.ofHex("00".repeat(32)));

        assertThat(run("read", "--json").onlyJson().get("code").intValue()).isEqualTo(4);
    }

    @Test
    void theTraceShowsBucketsButNoKey() {
        Outcome created = run("create", "--allow", "private-append", "--encryption=off", "--trace");
        assertThat(created.err())
                .contains("→ CREATE 0, 33 bytes", "TypeFlags  CREATE; #5 MAC follows", "BucketId", "Mac")
                .contains("← CREATE 0, 19 bytes");

        assertThat(run("append", "hello", "--encryption=off", "--trace").err())
                .contains("→ APPEND 0, ", "Length  5", "68 65 6c 6c 6f ", "Content  hello");
        assertThat(run("append", "hello", "--trace").err())
                .contains("→ APPEND 0, ", "Header  encrypted", "Body  encrypted", "Tag")
                .doesNotContain("68 65 6c 6c 6f ");
    }

    private Outcome run(String command, String... arguments) {
        return runWith("", command, arguments);
    }

    private Outcome runWith(String in, String command, String... arguments) {
        return withoutKey(Jar.runWith(in.getBytes(StandardCharsets.UTF_8), words(command, arguments)));
    }

    private String[] words(String command, String... arguments) {
        List<String> words = new ArrayList<>(List.of(
                command,
                server.host() + ":" + server.port(),
                "--trust",
                trust.toString(),
                "--key-file",
                keyFile.toString()));
        words.addAll(List.of(arguments));
        return words.toArray(String[]::new);
    }

    /** Whatever a command says, the key is not in it, in any of the ways in which bytes are shown. */
    private Outcome withoutKey(Outcome outcome) {
        if (Files.exists(keyFile) && outcome.status() == 0) {
            String key = KeyFile.read(keyFile).key().hex();
            String said = (outcome.out() + outcome.err()).replaceAll("[^0-9a-f]", "");
            assertThat(said).doesNotContain(key).doesNotContain(key.substring(0, 32));
        }
        return outcome;
    }
}
