package io.plabble.protocol;

import java.time.Instant;

/**
 * A point in time as the protocol writes it (§5, D7): u32 whole seconds since 2020-01-01T00:00:00Z, hence at most
 * 2156-02-07T06:28:15Z.
 *
 * @param seconds 0 to 4,294,967,295
 */
public record PlabbleTimestamp(long seconds) implements Comparable<PlabbleTimestamp> {
    private static final long EPOCH = Instant.parse("2020-01-01T00:00:00Z").getEpochSecond();
    private static final long LARGEST = 0xffff_ffffL;

    /** The earliest, 2020-01-01T00:00:00Z. */
    public static final PlabbleTimestamp MIN = new PlabbleTimestamp(0);
    /** The latest, 2156-02-07T06:28:15Z. */
    public static final PlabbleTimestamp MAX = new PlabbleTimestamp(LARGEST);

    public PlabbleTimestamp {
        if (seconds < 0 || seconds > LARGEST) {
            throw new PlabbleConfigurationException(
                    "timestamp: " + seconds + " s since 2020-01-01 is outside 0 to " + LARGEST);
        }
    }

    /**
     * The whole second that the instant lies in.
     *
     * @throws PlabbleConfigurationException before 2020-01-01T00:00:00Z or after 2156-02-07T06:28:15Z
     */
    public static PlabbleTimestamp of(Instant instant) {
        return new PlabbleTimestamp(instant.getEpochSecond() - EPOCH);
    }

    public Instant toInstant() {
        return Instant.ofEpochSecond(EPOCH + seconds);
    }

    @Override
    public int compareTo(PlabbleTimestamp other) {
        return Long.compare(seconds, other.seconds);
    }

    @Override
    public String toString() {
        return toInstant().toString();
    }
}
