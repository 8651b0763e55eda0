package io.plabble.sdk.benchmarks.load;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import org.HdrHistogram.Histogram;

/** What this process has used since the meter was made. */
public final class Meter {
    private final long wall = System.nanoTime();
    private final long cpu = cpuTime();
    private final long allocated = allocatedBytes();

    /** @param latencies of the operations, none if they were not taken */
    public Measurement read(long operations, Histogram latencies) {
        return new Measurement(
                operations,
                System.nanoTime() - wall,
                cpuTime() - cpu,
                allocatedBytes() - allocated,
                latencies.getValueAtPercentile(50),
                latencies.getValueAtPercentile(99),
                latencies.getMaxValue());
    }

    private static long cpuTime() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
    }

    /** Of the threads that live: those that loads use do until the end. */
    private static long allocatedBytes() {
        ThreadMXBean threads = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);
        return Arrays.stream(threads.getThreadAllocatedBytes(threads.getAllThreadIds()))
                .filter(bytes -> bytes > 0)
                .sum();
    }
}
