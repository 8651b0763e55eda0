package io.plabble.sdk.internal;

import io.plabble.protocol.PlabbleConfigurationException;
import java.util.function.Supplier;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

/** Calls the caller's own code. */
final class Callbacks {
    private Callbacks() {}

    /** @throws PlabbleConfigurationException for what the code throws, or a null: they are faults of the settings */
    static <T> T call(String what, Supplier<T> code) {
        T result;
        try {
            result = code.get();
        } catch (PlabbleConfigurationException e) {
            throw e;
        } catch (VirtualMachineError fatal) {
            throw fatal;
        } catch (Throwable e) {
            // A LinkageError, too, which Reactor takes for the JVM's, so that nobody would hear of it
            throw new PlabbleConfigurationException(what + " failed: " + e, e);
        }
        if (result == null) {
            throw new PlabbleConfigurationException(what + " returned null");
        }
        return result;
    }

    /** What the code returns. Operators pass on what it throws, but for a LinkageError, which they let nobody hear of. */
    static <T> Publisher<? extends T> publisher(String what, Supplier<? extends Publisher<? extends T>> code) {
        try {
            return code.get();
        } catch (LinkageError e) {
            return Mono.error(new PlabbleConfigurationException(what + " failed: " + e, e));
        }
    }
}
