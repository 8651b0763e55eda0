package io.plabble.sdk.micrometer;

import io.micrometer.observation.Observation;
import io.plabble.protocol.PacketType;

/** The name and the keys of {@link PlabbleObservation#CONNECT}; extend it to change some of them. */
public class ConnectObservationConvention extends PlabbleObservationConvention {
    @Override
    public String getName() {
        return "plabble.client.connect";
    }

    @Override
    public boolean supportsContext(Observation.Context context) {
        return context instanceof PlabbleObservationContext ours && ours.packetType() == PacketType.CONNECT;
    }
}
