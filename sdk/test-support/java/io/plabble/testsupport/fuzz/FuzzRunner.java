package io.plabble.testsupport.fuzz;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.HexFormat;

/** Gives inputs to a target, and watches what it allocates: no announced length may be believed before its bytes are there. */
public final class FuzzRunner {
    /** Far more than any input of some kilobytes needs, and far less than 28 bits of length can announce. */
    private static final long MOST_ALLOCATED = 1 << 20;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final FuzzTarget target;

    public FuzzRunner(FuzzTarget target) {
        this.target = target;
    }

    public void accept(byte[] input) {
        try {
            long allocated = allocated(input);
            if (allocated > MOST_ALLOCATED) { // once more: the first time, it may have been the loading of classes
                allocated = allocated(input);
            }
            if (allocated > MOST_ALLOCATED) {
                throw new AssertionError(allocated + " bytes allocated");
            }
        } catch (RuntimeException | Error e) {
            throw new AssertionError("input " + HexFormat.of().formatHex(input), e);
        }
    }

    private long allocated(byte[] input) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        target.accept(input);
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }
}
