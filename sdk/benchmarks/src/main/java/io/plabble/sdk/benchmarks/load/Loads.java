package io.plabble.sdk.benchmarks.load;

import io.plabble.sdk.benchmarks.load.connect.ConnectCryptography;
import io.plabble.sdk.benchmarks.load.connect.PlabbleConnect;
import io.plabble.sdk.benchmarks.load.connect.TcpConnect;
import io.plabble.sdk.benchmarks.load.connect.TlsConnect;
import io.plabble.sdk.benchmarks.load.request.EchoRequests;
import io.plabble.sdk.benchmarks.load.request.LettuceRequests;
import io.plabble.sdk.benchmarks.load.request.PlabbleReads;
import io.plabble.sdk.benchmarks.load.request.PlabbleWrites;
import io.plabble.sdk.benchmarks.load.request.RSocketRequests;
import io.plabble.sdk.benchmarks.load.request.RequestCryptography;
import java.util.List;
import java.util.function.Function;

/** By the names that the suite uses; what each needs is with its constructor. */
public enum Loads {
    PLABBLE_CONNECT(PlabbleConnect::new),
    TCP_CONNECT(TcpConnect::new),
    TLS_CONNECT(TlsConnect::new),
    CONNECT_CRYPTOGRAPHY(ConnectCryptography::new),
    PLABBLE_READS(PlabbleReads::new),
    PLABBLE_WRITES(PlabbleWrites::new),
    LETTUCE_REQUESTS(LettuceRequests::new),
    RSOCKET_REQUESTS(RSocketRequests::new),
    ECHO_REQUESTS(EchoRequests::new),
    REQUEST_CRYPTOGRAPHY(RequestCryptography::new);

    private final Function<List<String>, Load> constructor;

    Loads(Function<List<String>, Load> constructor) {
        this.constructor = constructor;
    }

    Load create(List<String> arguments) {
        return constructor.apply(arguments);
    }
}
