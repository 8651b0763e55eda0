package io.plabble.sdk.benchmarks.load.server;

import java.util.List;
import java.util.function.Function;

/** By the names that the suite uses; what each needs is with its constructor. */
public enum Services {
    PLABBLE(PlabbleService::new),
    ECHO(EchoService::new),
    TLS(TlsService::new),
    RSOCKET(RSocketService::new);

    private final Function<List<String>, Service> constructor;

    Services(Function<List<String>, Service> constructor) {
        this.constructor = constructor;
    }

    Service start(List<String> arguments) {
        return constructor.apply(arguments);
    }
}
