package io.plabble.sdk.benchmarks.load.many;

import io.plabble.sdk.benchmarks.load.Measurement;
import io.plabble.sdk.benchmarks.load.Meter;
import io.plabble.sdk.benchmarks.process.Commands;
import io.plabble.sdk.benchmarks.process.Footprint;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.HdrHistogram.Histogram;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Holds many sessions or bare connections: {@code open <how many>} and {@code request <how many>} answer with a {@link Measurement}, {@code hold} with
 * the bytes of heap and of direct memory that the open ones take, {@code close} when they are closed.
 */
public final class HoldingClient {
    private static final Duration DEADLINE = Duration.ofMinutes(2);
    private static final Duration SETTLING = Duration.ofSeconds(1);
    private static final int OPENED_AT_ONCE = 32;
    private static final int REQUESTS_AT_ONCE = 256;
    private static final long NOTHING = 1 << 14;

    private final Mono<Held> opening;
    private List<Held> open = List.of();
    private Footprint before = Footprint.take();

    private HoldingClient(Mono<Held> opening) {
        this.opening = opening;
    }

    /** @param arguments {@code sessions} or {@code connections}, and the server's address */
    public static void main(String... arguments) throws IOException {
        List<String> address = Arrays.asList(arguments).subList(1, arguments.length);
        Commands commands = new HoldingClient(
                arguments[0].equals("sessions")
                        ? new HeldSessions(address).open()
                        : new HeldConnections(address).open())::answer;
        commands.serve();
        System.exit(0); // event loops do not end by themselves
    }

    private String answer(String... command) {
        return switch (command[0]) {
            case "open" -> open(Integer.parseInt(command[1])).encoded();
            case "hold" -> hold();
            case "request" -> request(Integer.parseInt(command[1])).encoded();
            case "close" -> close();
            default -> throw new IllegalArgumentException(command[0]);
        };
    }

    private Measurement open(int count) {
        before = settled();
        Meter meter = new Meter();
        open = Objects.requireNonNull(Flux.range(0, count)
                .flatMap(number -> opening, OPENED_AT_ONCE)
                .collectList()
                .block(DEADLINE));
        return meter.read(count, new Histogram(1));
    }

    /** What was closed lately is let go of by and by. */
    private static Footprint settled() {
        Footprint last = Footprint.take();
        while (true) {
            Mono.delay(SETTLING).block();
            Footprint now = Footprint.take();
            if (last.heap() - now.heap() < NOTHING) {
                return now;
            }
            last = now;
        }
    }

    private String hold() {
        Footprint now = settled();
        return now.heap() - before.heap() + " " + (now.direct() - before.direct());
    }

    /** From one to the next, and round again. */
    private Measurement request(int count) {
        Meter meter = new Meter();
        AtomicInteger next = new AtomicInteger();
        Mono<?> one =
                Mono.defer(() -> open.get(next.getAndIncrement() % open.size()).request());
        Flux.range(0, REQUESTS_AT_ONCE)
                .flatMap(worker -> one.repeat(count / REQUESTS_AT_ONCE - 1L), REQUESTS_AT_ONCE)
                .blockLast(DEADLINE);
        return meter.read(next.get(), new Histogram(1));
    }

    private String close() {
        Flux.fromIterable(open).flatMap(Held::close).blockLast(DEADLINE);
        open = List.of();
        return "closed";
    }
}
