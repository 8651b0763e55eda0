package io.plabble.sdk.benchmarks.load.connect;

import io.plabble.sdk.PlabbleClient;
import io.plabble.sdk.benchmarks.load.PlabbleAddress;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * A fresh JVM's first session: prints the milliseconds that {@code warmup()} took, that {@code connect()} took, and that passed from the
 * start of the JVM until there was a session.
 */
public final class ColdStart {
    private static final Duration DEADLINE = Duration.ofMinutes(1);

    private ColdStart() {}

    /** @param arguments the server's address, and {@code warm} if the client is to be warmed up first */
    public static void main(String... arguments) {
        List<String> words = Arrays.asList(arguments);
        PlabbleClient client = PlabbleAddress.decode(words).client();
        long began = System.nanoTime();
        if (words.contains("warm")) {
            client.warmup().block(DEADLINE);
        }
        long warm = System.nanoTime();
        client.connect().block(DEADLINE);
        long connected = System.nanoTime();
        long sinceStart = System.currentTimeMillis()
                - ManagementFactory.getRuntimeMXBean().getStartTime();
        System.out.println((warm - began) / 1e6 + " " + (connected - warm) / 1e6 + " " + sinceStart);
        System.exit(0); // the session's threads are none of those that end by themselves
    }
}
