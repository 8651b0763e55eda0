package io.plabble.protocol.internal.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A JVM whose policy refuses keys of 256 bits to the JDK's ciphers. */
class CryptoPolicyTest {
    private static final long SECONDS = 60;
    private static final String DONE = "sealed and opened, without the JDK's";

    @Test
    void aLimitedOneLeavesLargeBodiesToBouncyCastle(@TempDir Path directory) throws IOException, InterruptedException {
        Path properties = Files.writeString(directory.resolve("limited.properties"), "crypto.policy=limited\n");
        Process jvm = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Djava.security.properties=" + properties,
                        "-classpath",
                        System.getProperty("java.class.path"),
                        CryptoPolicyTest.class.getName())
                .redirectErrorStream(true)
                .start();

        String output = new String(jvm.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(jvm.waitFor(SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(output).isEqualToIgnoringNewLines(DONE);
    }

    /** In that JVM. */
    public static void main(String... arguments) {
        byte[] key = new byte[ChaCha20.KEY_LENGTH];
        byte[] nonce = new byte[ChaCha20.NONCE_LENGTH];
        byte[] plaintext = new byte[ChaCha20Poly1305Aead.LARGE];
        Arrays.fill(plaintext, (byte) 1);
        byte[] sealed = new byte[plaintext.length + ChaCha20Poly1305Aead.TAG_LENGTH];
        Engines.load();

        Engines.ofThisThread().aead().seal(key, nonce, new byte[0][], plaintext, sealed, 0);
        byte[] opened = Engines.ofThisThread()
                .aead()
                .open(key, nonce, new byte[0][], sealed, 0)
                .orElseThrow();

        System.out.println(
                Arrays.equals(opened, plaintext) && JdkAead.create().isEmpty() ? DONE : "not what was sealed");
    }
}
