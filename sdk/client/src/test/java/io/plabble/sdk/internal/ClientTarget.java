package io.plabble.sdk.internal;

import io.plabble.testsupport.fuzz.FuzzTarget;
import java.util.stream.Stream;

/** All that a client receives. */
enum ClientTarget implements FuzzTarget {
    HANDSHAKE(new HandshakeTarget()),
    SESSION(new SessionTarget());

    private final FuzzTarget target;

    ClientTarget(FuzzTarget target) {
        this.target = target;
    }

    @Override
    public void accept(byte[] input) {
        target.accept(input);
    }

    @Override
    public Stream<byte[]> seeds() {
        return target.seeds();
    }
}
