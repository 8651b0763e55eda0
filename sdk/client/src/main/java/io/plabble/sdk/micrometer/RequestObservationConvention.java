package io.plabble.sdk.micrometer;

import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import io.plabble.protocol.PacketType;
import io.plabble.sdk.micrometer.PlabbleObservation.RequestKey;

/** The name and the keys of {@link PlabbleObservation#REQUEST}; extend it to change some of them. */
public class RequestObservationConvention extends PlabbleObservationConvention {
    @Override
    public String getName() {
        return "plabble.client.request";
    }

    @Override
    public boolean supportsContext(Observation.Context context) {
        return context instanceof PlabbleObservationContext ours && ours.packetType() != PacketType.CONNECT;
    }

    @Override
    public KeyValues getLowCardinalityKeyValues(PlabbleObservationContext context) {
        return super.getLowCardinalityKeyValues(context)
                .and(RequestKey.PACKET_TYPE.withValue(lowerCase(context.packetType())));
    }
}
