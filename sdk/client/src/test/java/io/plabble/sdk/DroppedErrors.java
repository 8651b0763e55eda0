package io.plabble.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import reactor.core.publisher.Hooks;

/** Fails a test in which Reactor drops an error because nobody is left to be told, unless the test {@linkplain #take takes} it. */
final class DroppedErrors implements BeforeEachCallback, AfterEachCallback {
    private final List<Throwable> dropped = new CopyOnWriteArrayList<>();

    @Override
    public void beforeEach(ExtensionContext context) {
        dropped.clear();
        Hooks.onErrorDropped(dropped::add);
    }

    /** After all that the test itself does in the end. */
    @Override
    public void afterEach(ExtensionContext context) {
        Hooks.resetOnErrorDropped();
        assertThat(dropped).isEmpty();
    }

    List<Throwable> take() {
        List<Throwable> taken = List.copyOf(dropped);
        dropped.clear();
        return taken;
    }
}
