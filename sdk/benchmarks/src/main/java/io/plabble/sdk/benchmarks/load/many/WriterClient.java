package io.plabble.sdk.benchmarks.load.many;

import io.plabble.protocol.BucketId;
import io.plabble.sdk.Bucket;
import io.plabble.sdk.PlabbleSessions;
import io.plabble.sdk.benchmarks.load.PlabbleAddress;
import io.plabble.sdk.benchmarks.process.Commands;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import reactor.core.publisher.Flux;

/** Writes what others follow: {@code write <bucket id> <how often>}. */
public final class WriterClient {
    private static final Duration DEADLINE = Duration.ofMinutes(2);
    private static final int AT_A_TIME = 64;
    private static final byte[] CONTENT = new byte[64];

    private WriterClient() {}

    /** @param arguments the server's address */
    public static void main(String... arguments) throws IOException {
        PlabbleSessions sessions =
                PlabbleAddress.decode(Arrays.asList(arguments)).client().sessions();
        Commands commands = command -> {
            Bucket bucket = sessions.bucket(BucketId.of(HexFormat.of().parseHex(command[1])));
            Flux.range(0, Integer.parseInt(command[2]))
                    .flatMap(number -> bucket.put(0, CONTENT), AT_A_TIME)
                    .blockLast(DEADLINE);
            return "written";
        };
        commands.serve();
    }
}
