package io.plabble.testsupport.fuzz;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.HexFormat;

/** Gives inputs to a target, and watches what it allocates: an announced length must not be believed before its bytes are there. */
public final class FuzzRunner {
    /** Far more than any input of some kilobytes needs, and far less than 28 bits of length can announce. */
    private static final long MOST_ALLOCATED = 1 << 20;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final FuzzTarget target;

    public FuzzRunner(FuzzTarget target) {
        this.target = target;
        target.seeds().forEach(target::accept); // loads classes and fills tables, which are not the input's doing
    }

    public void accept(byte[] input) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        try {
            target.accept(input);
        } catch (RuntimeException | Error e) {
            throw new AssertionError("input " + HexFormat.of().formatHex(input), e);
        }
        long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
        if (allocated > MOST_ALLOCATED) {
            throw new AssertionError(
                    allocated + " bytes allocated for input " + HexFormat.of().formatHex(input));
        }
    }
}
