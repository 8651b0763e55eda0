package io.plabble.sdk.micrometer;

import io.micrometer.common.docs.KeyName;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;
import io.micrometer.observation.docs.ObservationDocumentation;

/** What is observed, as Micrometer documents it. */
public enum PlabbleObservation implements ObservationDocumentation {
    /** From the subscription to a connect until there is a verified session, or none. */
    CONNECT {
        @Override
        public Class<? extends ObservationConvention<? extends Observation.Context>> getDefaultConvention() {
            return ConnectObservationConvention.class;
        }

        @Override
        public KeyName[] getLowCardinalityKeyNames() {
            return Key.values();
        }
    },

    /** From the subscription to a request until its answer, its failure or its cancellation. */
    REQUEST {
        @Override
        public Class<? extends ObservationConvention<? extends Observation.Context>> getDefaultConvention() {
            return RequestObservationConvention.class;
        }

        @Override
        public KeyName[] getLowCardinalityKeyNames() {
            return KeyName.merge(Key.values(), RequestKey.values());
        }
    };

    /** The keys of every observation. */
    public enum Key implements KeyName {
        /** {@code tcp}, {@code tls}, {@code ws} or {@code wss}. */
        TRANSPORT("transport"),
        /** The name that is verified: that of {@code serverName(…)}, or else the host dialled. */
        SERVER_NAME("server.name"),
        /** {@code success}, {@code error} or {@code cancelled}; {@code unknown} until it is over. */
        OUTCOME("outcome"),
        /** The stable code of the {@link io.plabble.protocol.Reason}, such as {@code timeout}; {@code none} without an error. */
        REASON("reason"),
        /**
         * The {@link io.plabble.protocol.ErrorCode} of an ERROR answer, such as {@code bucket-does-not-exist}; {@code other} for one
         * that the protocol does not name; {@code none} without such an answer.
         */
        CODE("code");

        private final String key;

        Key(String key) {
            this.key = key;
        }

        @Override
        public String asString() {
            return key;
        }
    }

    /** The keys that a request has besides. */
    public enum RequestKey implements KeyName {
        /** What was sent, such as {@code put}; {@code request} is a read, and {@code wipe} also the deletion of a bucket. */
        PACKET_TYPE;

        @Override
        public String asString() {
            return "packet.type";
        }
    }
}
