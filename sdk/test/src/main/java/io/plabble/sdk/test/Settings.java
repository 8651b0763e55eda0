package io.plabble.sdk.test;

import io.plabble.protocol.internal.crypto.SessionKeyPair;
import java.util.function.Supplier;

/**
 * What connections have to know of how the server was built.
 *
 * @param certificateAvailable else who asks for the chain is answered ERROR 31
 * @param encryption else who asks for it is answered ERROR 32
 * @param keyPairs a new one for every connection
 * @param maxPacketSize the longest request after CONNECT, in bytes
 * @param largestContent the longest content of a slot, in bytes
 * @param firstClientCounter of the first request after CONNECT
 * @param firstServerCounter of the first packet sent after CONNECT
 * @param updatesOfSeveralSlots whether one update carries all that one request has changed
 */
record Settings(
        TestCertificates certificates,
        boolean certificateAvailable,
        boolean encryption,
        Supplier<SessionKeyPair> keyPairs,
        int maxPacketSize,
        int largestContent,
        int firstClientCounter,
        int firstServerCounter,
        boolean updatesOfSeveralSlots) {}
