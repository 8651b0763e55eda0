package io.plabble.sdk.hostile;

import java.util.List;
import java.util.stream.IntStream;

/** In which pieces the client reads what a server sends. */
public enum Segmentation {
    WHOLE {
        @Override
        List<Integer> cuts(Wire wire) {
            return List.of();
        }
    },
    SINGLE_BYTES {
        @Override
        List<Integer> cuts(Wire wire) {
            return IntStream.range(1, wire.bytes().length).boxed().toList();
        }
    },
    AT_BOUNDARIES {
        @Override
        List<Integer> cuts(Wire wire) {
            return wire.boundaries();
        }
    },
    /** All of it in one read, together with another packet. */
    COALESCED {
        /** Were it taken for the answer, the outcome would be another. */
        private static final byte[] ERROR = {4, 0x0f, 0, 0, 99};

        @Override
        List<Integer> cuts(Wire wire) {
            return List.of();
        }

        @Override
        public Wire sent(Wire wire) {
            return wire.followedBy(ERROR);
        }
    };

    /** What the server sends in place of this. */
    public Wire sent(Wire wire) {
        return wire;
    }

    abstract List<Integer> cuts(Wire wire);
}
