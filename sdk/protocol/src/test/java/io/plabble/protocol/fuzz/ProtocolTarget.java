package io.plabble.protocol.fuzz;

import io.plabble.testsupport.fuzz.FuzzTarget;
import java.util.stream.Stream;

/** All that this module decodes. */
enum ProtocolTarget implements FuzzTarget {
    LENGTH(new LengthTarget()),
    FRAMES(new FramesTarget()),
    PACKET(new PacketTarget()),
    SLOTS(new SlotsTarget()),
    PROTECTION(new ProtectionTarget()),
    CERTIFICATE(new CertificateTarget()),
    CHAIN(new ChainTarget()),
    PEM(new PemTarget());

    private final FuzzTarget target;

    ProtocolTarget(FuzzTarget target) {
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
