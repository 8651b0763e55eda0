package io.plabble.sdk.benchmarks.process;

import com.sun.management.UnixOperatingSystemMXBean;
import io.netty.util.internal.PlatformDependent;
import java.lang.management.ManagementFactory;
import java.util.Arrays;

/**
 * What a process holds.
 *
 * @param heap bytes that are reachable
 * @param direct bytes outside the heap that Netty has allocated, those that it keeps for reuse included
 * @param threads daemons included
 * @param descriptors open files and sockets
 */
public record Footprint(long heap, long direct, int threads, long descriptors) {
    private static final int COLLECTIONS = 3;
    /** What the JVM itself comes to hold, such as what it has learnt of the code that it compiles. */
    private static final long TOLERANCE = 1L << 20;

    /** Of this process, garbage collected. */
    public static Footprint take() {
        for (int i = 0; i < COLLECTIONS; i++) { // what one collection finds unreachable may be freed by the next only
            System.gc();
        }
        return new Footprint(
                ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
                PlatformDependent.usedDirectMemory(), // the JDK's own count leaves out what Netty allocates on JDK 25
                ManagementFactory.getThreadMXBean().getThreadCount(),
                system().getOpenFileDescriptorCount());
    }

    /** How many files and sockets this process may open. */
    public static long mostDescriptors() {
        return system().getMaxFileDescriptorCount();
    }

    private static UnixOperatingSystemMXBean system() {
        return ManagementFactory.getPlatformMXBean(UnixOperatingSystemMXBean.class);
    }

    /** What {@link #encoded} wrote. */
    public static Footprint decode(String encoded) {
        long[] values =
                Arrays.stream(encoded.split(" ")).mapToLong(Long::parseLong).toArray();
        return new Footprint(values[0], values[1], Math.toIntExact(values[2]), values[3]);
    }

    public String encoded() {
        return heap + " " + direct + " " + threads + " " + descriptors;
    }

    public long memoryBeyond(Footprint earlier) {
        return heap + direct - earlier.heap - earlier.direct;
    }

    public boolean isBackAt(Footprint beginning) {
        return heap <= beginning.heap + TOLERANCE
                && direct <= beginning.direct
                && threads <= beginning.threads
                && descriptors <= beginning.descriptors;
    }

    /** For people. */
    @Override
    public String toString() {
        return "%,d KiB heap, %,d KiB direct, %d threads, %,d descriptors"
                .formatted(heap >> 10, direct >> 10, threads, descriptors);
    }
}
