package io.plabble.samples.cli;

import static io.plabble.protocol.Permission.PRIVATE_APPEND;
import static io.plabble.protocol.Permission.PRIVATE_WRITE;
import static org.assertj.core.api.Assertions.assertThat;

import io.plabble.protocol.certificate.CertificateFiles;
import io.plabble.sdk.Bucket;
import io.plabble.sdk.BucketSpec;
import io.plabble.sdk.PlabbleClient;
import io.plabble.sdk.PlabbleSession;
import io.plabble.sdk.test.PlabbleTestServer;
import io.plabble.sdk.test.TestCertificates;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchIT {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final PlabbleTestServer server = PlabbleTestServer.builder()
            .certificates(TestCertificates.builder("127.0.0.1").intermediates().build())
            .start();

    @TempDir
    Path directory;

    private PlabbleSession session;
    private Bucket bucket;

    @BeforeEach
    void createABucketWithOneSlot() {
        session = PlabbleClient.create(server.host(), server.port())
                .trust(server.trustStore())
                .connect()
                .block(LIMIT);
        bucket = session.createBucket(BucketSpec.of(PRIVATE_WRITE, PRIVATE_APPEND))
                .block(LIMIT);
        bucket.append("first").block(LIMIT);
        KeyFile.create(keyFile(), bucket.id(), bucket.key().orElseThrow());
        CertificateFiles.write(
                directory.resolve("root.pem"), server.trustStore().roots());
    }

    @AfterEach
    void stopTheServer() {
        session.dispose();
        server.close();
    }

    @Test
    void endsAfterSoManyChanges() {
        try (Jar watch = watch("--count", "2", "--json")) {
            bucket.append("second").block(LIMIT);
            bucket.wipe(0).block(LIMIT);

            assertThat(watch.outcome().done().out()).isEqualTo("""
                            {"ok":true,"kind":"changed","index":1,"size":6,"text":"second"}
                            {"ok":true,"kind":"changed","index":0,"size":0,"text":""}
                            {"ok":true,"updates":2}
                            """);
        }
    }

    @Test
    void showsEachChangeAtOnceAndEndsInAnOrderlyWayWhenToldTo() {
        try (Jar watch = watch("--present")) {
            Jar.await().until(() -> watch.outSoFar().equals("0\tfirst\n"));
            bucket.append("second").block(LIMIT);
            Jar.await().until(() -> watch.outSoFar().equals("0\tfirst\n1\tsecond\n"));
            assertThat(watch.isAlive()).isTrue();

            watch.terminate().outcome().done();
            Jar.await().until(() -> server.subscriptions().isEmpty());
        }
    }

    @Test
    void failsWhenTheSessionEnds() {
        try (Jar watch = watch("1..5")) {
            server.closeConnections();

            watch.outcome().failed("connection-closed");
        }
    }

    private Jar watch(String... arguments) {
        List<String> words = new ArrayList<>(List.of(
                "watch",
                server.host() + ":" + server.port(),
                "--trust",
                directory.resolve("root.pem").toString(),
                "--key-file",
                keyFile().toString()));
        words.addAll(List.of(arguments));
        Jar watch = Jar.start(words.toArray(String[]::new));
        Jar.await().until(() -> server.subscriptions().size() == 1);
        return watch;
    }

    private Path keyFile() {
        return directory.resolve("notes.key");
    }
}
