package io.plabble.testsupport.fuzz;

import io.plabble.testsupport.Bytes;
import java.util.Random;
import java.util.stream.Stream;

/** Makes seeds by chance, which is the same in every run. */
public final class Seeds {
    private static final long SEED = 20_261_126;

    private Seeds() {}

    public static Random random() {
        return new Random(SEED);
    }

    /** Each as it is, cut somewhere, with something behind it, with a bit flipped and with a byte replaced. */
    public static Stream<byte[]> around(Stream<byte[]> wellFormed) {
        Random random = random();
        return wellFormed.filter(seed -> seed.length > 0).flatMap(seed -> {
            byte[] replaced = seed.clone();
            replaced[random.nextInt(seed.length)] = (byte) random.nextInt();
            return Stream.of(
                    seed,
                    Bytes.head(seed, random.nextInt(seed.length)),
                    Bytes.join(seed, new byte[1 + random.nextInt(3)]),
                    Bytes.flipped(seed, random.nextInt(Bytes.bits(seed))),
                    replaced);
        });
    }

    /** The same, behind bytes that choose how they are taken. */
    public static Stream<byte[]> chosen(int choice, Stream<byte[]> seeds) {
        return seeds.map(seed -> Bytes.join(new byte[] {(byte) choice}, seed));
    }
}
