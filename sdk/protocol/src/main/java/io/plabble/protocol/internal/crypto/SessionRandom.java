package io.plabble.protocol.internal.crypto;

import java.security.DrbgParameters;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;

/**
 * The source of every key. The platform's default {@link SecureRandom} reads a device file on each call and so would block
 * an event loop; this one is a DRBG (NIST SP 800-90A) that reads entropy once, when it is first asked for.
 */
public final class SessionRandom {
    private SessionRandom() {}

    /** The seeded generator. <em>The first call in a JVM blocks</em>: make it off the event loop. */
    public static SecureRandom seeded() {
        return Seeded.RANDOM;
    }

    private static final class Seeded {
        static final SecureRandom RANDOM = seed();

        private static SecureRandom seed() {
            try {
                SecureRandom random = SecureRandom.getInstance(
                        "DRBG", DrbgParameters.instantiation(256, DrbgParameters.Capability.RESEED_ONLY, null));
                random.nextBytes(new byte[1]); // takes the entropy now, not on the event loop
                return random;
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("this Java platform has no DRBG", e);
            }
        }
    }
}
