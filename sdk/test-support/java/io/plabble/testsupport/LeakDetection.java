package io.plabble.testsupport;

import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetectorFactory;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Fails a test class after which a reference-counted resource was collected without having been released. Registered as a
 * service, so that it is there before Netty's buffers take their detector.
 */
public final class LeakDetection implements AfterAllCallback {
    private static final int COLLECTIONS = 2;
    private static final long MOST_MILLIS_PER_COLLECTION = 1000;

    private static final Queue<String> LEAKS = new ConcurrentLinkedQueue<>();
    private static final Queue<ResourceLeakDetector<Object>> DETECTORS = new ConcurrentLinkedQueue<>();

    static {
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
        ResourceLeakDetectorFactory.setResourceLeakDetectorFactory(new RecordingFactory());
    }

    @Override
    public void afterAll(ExtensionContext context) {
        List<String> leaks = takeLeaks();
        if (!leaks.isEmpty()) {
            throw new AssertionError(leaks.size() + " leaked: " + String.join("\n", leaks));
        }
    }

    /** Collects garbage and returns what has leaked since the last call. */
    static List<String> takeLeaks() {
        for (int i = 0; i < COLLECTIONS; i++) {
            collectGarbage();
            // A detector reports what was collected when it is next asked to track something.
            for (ResourceLeakDetector<Object> detector : DETECTORS) {
                Object probe = new Object();
                detector.trackForcibly(probe).close(probe);
            }
        }
        List<String> leaks = new ArrayList<>();
        for (String leak = LEAKS.poll(); leak != null; leak = LEAKS.poll()) {
            leaks.add(leak);
        }
        return leaks;
    }

    private static void collectGarbage() {
        ReferenceQueue<Object> collected = new ReferenceQueue<>();
        WeakReference<Object> sentinel = new WeakReference<>(new Object(), collected);
        System.gc();
        try {
            if (collected.remove(MOST_MILLIS_PER_COLLECTION) != sentinel) {
                throw new IllegalStateException("no garbage was collected: leaks cannot be detected");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static final class RecordingFactory extends ResourceLeakDetectorFactory {
        @Override
        @Deprecated
        public <T> ResourceLeakDetector<T> newResourceLeakDetector(
                Class<T> resource, int samplingInterval, long maxActive) {
            return newResourceLeakDetector(resource, samplingInterval);
        }

        @Override
        @SuppressWarnings("unchecked") // a detector keeps no more of a resource than a weak reference
        public <T> ResourceLeakDetector<T> newResourceLeakDetector(Class<T> resource, int samplingInterval) {
            ResourceLeakDetector<Object> detector = new RecordingDetector(resource, samplingInterval);
            DETECTORS.add(detector);
            return (ResourceLeakDetector<T>) detector;
        }
    }

    private static final class RecordingDetector extends ResourceLeakDetector<Object> {
        RecordingDetector(Class<?> resource, int samplingInterval) {
            super(resource, samplingInterval);
        }

        @Override
        protected boolean needReport() {
            return true;
        }

        @Override
        protected void reportTracedLeak(String resourceType, String records) {
            LEAKS.add(resourceType + records);
        }

        @Override
        protected void reportUntracedLeak(String resourceType) {
            LEAKS.add(resourceType + ", without records");
        }
    }
}
