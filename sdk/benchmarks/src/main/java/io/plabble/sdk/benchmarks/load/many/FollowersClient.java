package io.plabble.sdk.benchmarks.load.many;

import static io.plabble.protocol.Permission.PUBLIC_READ;
import static io.plabble.protocol.Permission.PUBLIC_WRITE;

import io.plabble.sdk.Bucket;
import io.plabble.sdk.BucketSpec;
import io.plabble.sdk.PlabbleClient;
import io.plabble.sdk.PlabbleSession;
import io.plabble.sdk.benchmarks.load.Meter;
import io.plabble.sdk.benchmarks.load.PlabbleAddress;
import io.plabble.sdk.benchmarks.process.Commands;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.Histogram;
import reactor.core.Disposable;
import reactor.core.Disposables;

/**
 * Follows a bucket over one session: {@code follow <how many followers>} answers with the bucket's id, {@code expect <how many updates>} when they
 * may be made, {@code received} when every follower has had them all, with what that took.
 */
public final class FollowersClient {
    private static final Duration DEADLINE = Duration.ofMinutes(2);

    private final PlabbleSession session;
    private final Bucket bucket;
    private Disposable followers = Disposables.disposed();
    private int count;
    private long deliveries;
    private final AtomicLong missing = new AtomicLong();
    private Meter meter = new Meter();
    private volatile CountDownLatch complete = new CountDownLatch(0);

    private FollowersClient(PlabbleClient client) {
        session = Objects.requireNonNull(client.connect().block(DEADLINE));
        bucket = Objects.requireNonNull(
                session.createBucket(BucketSpec.of(PUBLIC_READ, PUBLIC_WRITE)).block(DEADLINE));
    }

    /** @param arguments the server's address */
    public static void main(String... arguments) throws IOException {
        Commands commands = new FollowersClient(
                PlabbleAddress.decode(Arrays.asList(arguments)).client())::answer;
        commands.serve();
    }

    private String answer(String... command) {
        return switch (command[0]) {
            case "follow" -> follow(Integer.parseInt(command[1]));
            case "expect" -> expect(Integer.parseInt(command[1]));
            case "received" -> received();
            default -> throw new IllegalArgumentException(command[0]);
        };
    }

    private String follow(int many) {
        followers.dispose();
        count = many;
        Disposable.Composite all = Disposables.composite();
        for (int i = 0; i < many; i++) {
            all.add(bucket.updates().subscribe(update -> delivered()));
        }
        followers = all;
        bucket.read().blockLast(DEADLINE); // is answered after the subscription
        return HexFormat.of().formatHex(bucket.id().bytes());
    }

    private void delivered() {
        if (missing.decrementAndGet() == 0) {
            complete.countDown();
        }
    }

    private String expect(int updates) {
        deliveries = (long) updates * count;
        complete = new CountDownLatch(1);
        missing.set(deliveries);
        meter = new Meter();
        return "ready";
    }

    private String received() {
        try {
            if (!complete.await(DEADLINE.toSeconds(), TimeUnit.SECONDS)) {
                throw new IllegalStateException(missing + " of " + deliveries + " deliveries are missing");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return meter.read(deliveries, new Histogram(3)).encoded();
    }
}
