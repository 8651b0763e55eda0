package io.plabble.sdk.benchmarks.load.request;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.plabble.sdk.benchmarks.load.Latency;
import io.plabble.sdk.benchmarks.load.Load;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.HdrHistogram.Histogram;
import reactor.core.publisher.Mono;

/** GET of one key, over one connection of Lettuce's reactive API. */
public final class LettuceRequests implements Load {
    private static final byte[] KEY = "slot".getBytes(StandardCharsets.US_ASCII);

    private final RedisClient client;
    private final StatefulRedisConnection<byte[], byte[]> connection;

    /** @param arguments Redis's port, and how many bytes the value has */
    public LettuceRequests(List<String> arguments) {
        client = RedisClient.create(RedisURI.Builder.redis("127.0.0.1", Integer.parseInt(arguments.get(0)))
                .build());
        connection = client.connect(ByteArrayCodec.INSTANCE);
        connection.sync().set(KEY, new byte[Integer.parseInt(arguments.get(1))]);
    }

    @Override
    public Mono<Void> once(Histogram latencies) {
        return Latency.record(connection.reactive().get(KEY).then(), latencies);
    }

    @Override
    public void close() {
        connection.close();
        client.shutdown();
    }
}
