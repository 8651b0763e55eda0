package io.plabble.sdk.benchmarks.load;

import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * What so many operations took of the client process.
 *
 * @param operations done
 * @param wall nanoseconds from the first's beginning to the last's end
 * @param cpu nanoseconds of all threads of the process, those of the garbage collector among them
 * @param allocated bytes of heap, by all threads
 * @param p50 nanoseconds that half of the operations did not exceed
 * @param p99 and 99 of 100
 * @param max nanoseconds of the slowest
 */
public record Measurement(long operations, long wall, long cpu, long allocated, long p50, long p99, long max) {
    /** What {@link #encoded} wrote. */
    public static Measurement decode(String encoded) {
        long[] v = Arrays.stream(encoded.split(" ")).mapToLong(Long::parseLong).toArray();
        return new Measurement(v[0], v[1], v[2], v[3], v[4], v[5], v[6]);
    }

    /** A line. */
    public String encoded() {
        return LongStream.of(operations, wall, cpu, allocated, p50, p99, max)
                .mapToObj(Long::toString)
                .collect(Collectors.joining(" "));
    }

    /** Operations a second. */
    public double rate() {
        return operations * 1e9 / wall;
    }

    /** Microseconds for each operation. */
    public double cpuMicros() {
        return cpu / 1e3 / operations;
    }

    /** Bytes for each operation. */
    public double allocatedBytes() {
        return (double) allocated / operations;
    }
}
